import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { screen, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { givenTheApp, settled } from '../../testing/app-providers';
import { aLimit, aSession, aUser } from '../../testing/samples';
import type { Limit } from '../api/limits-api';
import { SessionStore } from '../auth/session-store';
import { type Toast, Toasts } from '../ui/toasts';
import { Limits } from './limits';

const TIME_ZONE = 'America/Sao_Paulo';

describe(Limits.name, () => {
  let network: HttpTestingController;

  beforeEach(async () => {
    // jsdom knows the element, not how it is opened.
    HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
      this.open = true;
    };
    network = await givenTheApp();
    const started = TestBed.inject(SessionStore).start();
    network.expectOne('/api/auth/refresh').flush(aSession('token-1', { role: 'admin' }));
    await started;
    TestBed.createComponent(Limits);
    await settled();
  });

  async function givenLimits(...limits: Limit[]): Promise<void> {
    network.expectOne({ method: 'GET', url: '/api/limits' }).flush({ timeZone: TIME_ZONE, limits });
    await settled();
  }

  async function answerPut(body: object, limit: Limit): Promise<void> {
    const call = network.expectOne({ method: 'PUT', url: '/api/limits' });
    expect(call.request.body).toEqual(body);
    call.flush(limit);
    await settled();
  }

  /** As one reads it: Intl separates with spaces that do not break. */
  const words = (text: string | null): string => (text ?? '').replace(/\s+/g, ' ').trim();
  const button = (name: string): HTMLElement =>
    screen.getByRole('button', { name: (full) => words(full) === name });
  const press = async (name: string): Promise<void> => {
    await userEvent.click(button(name));
    await settled();
  };
  const toast = (): Toast | undefined => TestBed.inject(Toasts).all().at(-1);
  const rows = (): string[] =>
    [...document.querySelectorAll('th[scope="row"]')].map((row) => words(row.textContent));

  it('should say each limit in a sentence, under whom it is for, with the time zone', async () => {
    await givenLimits(
      aLimit({ id: 1, scope: 'role', role: 'administrator', amount: 1000 }),
      aLimit({ id: 2 }),
      aLimit({ id: 3, scope: 'team', measure: 'usd', period: 'month', amount: 150 }),
      aLimit({
        id: 4,
        scope: 'person',
        userId: 9,
        username: 'zeca',
        measure: 'openRuns',
        period: null,
        amount: 1,
      }),
      aLimit({ id: 5, measure: 'tokens', amount: 0 }),
    );
    expect(rows()).toEqual([
      'A equipe toda: US$ 150,00 por mês',
      'Cada pessoa: 200 perguntas por dia',
      'Cada pessoa: nenhum token por dia',
      'Cada pessoa da administração: 1.000 perguntas por dia',
      'zeca: 1 resposta ao mesmo tempo',
    ]);
    expect(screen.getByText(/Os dias viram à meia-noite de America\/Sao_Paulo/)).toBeVisible();
  });

  it('should make a limit, read as the language writes money', async () => {
    await givenLimits();
    await press('Novo limite');
    await userEvent.selectOptions(screen.getByLabelText('Para quem'), 'team');
    await userEvent.selectOptions(screen.getByLabelText('O que se limita'), 'usd');
    await userEvent.selectOptions(screen.getByLabelText('Em quanto tempo'), 'month');
    await userEvent.type(screen.getByLabelText('Quanto'), '1.250,50');
    await settled();
    expect(screen.getByText('A equipe toda: US$ 1.250,50 por mês.')).toBeVisible();
    await press('Criar limite');
    const limit = { scope: 'team', measure: 'usd', period: 'month', amount: 1250.5 } as const;
    await answerPut(limit, { id: 9, ...limit });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(rows()).toEqual(['A equipe toda: US$ 1.250,50 por mês']);
    expect(words(toast()?.text ?? null)).toBe('Vale agora: A equipe toda: US$ 1.250,50 por mês.');
  });

  it('should offer a beginning where there is no limit', async () => {
    await givenLimits();
    await press('Criar este limite · Cada pessoa: 100 perguntas por dia');
    expect(screen.getByLabelText('Quanto')).toHaveValue('100');
    await press('Criar limite');
    await answerPut(
      { scope: 'everyone', measure: 'requests', period: 'day', amount: 100 },
      aLimit({ amount: 100 }),
    );
  });

  it('should say what is wrong beside its field, and send nothing', async () => {
    await givenLimits();
    await press('Novo limite');
    await userEvent.selectOptions(screen.getByLabelText('Para quem'), 'person');
    await settled();
    network
      .expectOne(({ url }) => url === '/api/users')
      .flush({ items: [aUser({ id: 8, username: 'zeca' })], nextCursor: null });
    await settled();
    expect(screen.queryByRole('alert')).toBeNull();
    await press('Criar limite');
    expect(screen.getByLabelText('Quanto')).toHaveAccessibleDescription('Escreva quanto.');
    expect(screen.getByLabelText('Pessoa')).toHaveAccessibleDescription('Escolha uma pessoa.');
    expect(screen.getByLabelText('Pessoa')).toHaveFocus();
    await userEvent.type(screen.getByLabelText('Pessoa'), 'zico');
    await userEvent.type(screen.getByLabelText('Quanto'), '2.5');
    await settled();
    expect(screen.getByLabelText('Pessoa')).toHaveAccessibleDescription(
      'Ninguém aqui tem o usuário “zico”.',
    );
    expect(screen.getByLabelText('Quanto')).toHaveAccessibleDescription(
      'Confira os separadores. Escreva como 200.',
    );
    await userEvent.clear(screen.getByLabelText('Pessoa'));
    await userEvent.type(screen.getByLabelText('Pessoa'), 'Zeca');
    await userEvent.clear(screen.getByLabelText('Quanto'));
    await userEvent.type(screen.getByLabelText('Quanto'), '25');
    await press('Criar limite');
    const limit = {
      scope: 'person',
      userId: 8,
      measure: 'requests',
      period: 'day',
      amount: 25,
    } as const;
    await answerPut(limit, { id: 1, username: 'zeca', ...limit });
    expect(rows()).toEqual(['zeca: 25 perguntas por dia']);
  });

  it('should say which limit a new one takes the place of', async () => {
    await givenLimits(aLimit({ id: 3 }));
    await press('Novo limite');
    await userEvent.type(screen.getByLabelText('Quanto'), '50');
    await settled();
    expect(screen.getByText('Troca o limite que existe: 200 perguntas por dia.')).toBeVisible();
    await press('Trocar o limite');
    await answerPut(
      { scope: 'everyone', measure: 'requests', period: 'day', amount: 50 },
      aLimit({ id: 3, amount: 50 }),
    );
    expect(rows()).toEqual(['Cada pessoa: 50 perguntas por dia']);
  });

  it('should change how much a limit allows, and keep what was typed when the server refuses', async () => {
    const limit = aLimit({
      id: 4,
      scope: 'person',
      userId: 9,
      username: 'zeca',
      measure: 'usd',
      amount: 2.5,
    });
    await givenLimits(limit);
    await press('Alterar o limite zeca: US$ 2,50 por dia');
    const amount = screen.getByLabelText('Quanto');
    expect(amount).toHaveValue('2,50');
    await userEvent.clear(amount);
    await userEvent.type(amount, '4');
    await press('Salvar');
    const call = network.expectOne({ method: 'PUT', url: '/api/limits' });
    expect(call.request.body).toEqual({
      scope: 'person',
      userId: 9,
      measure: 'usd',
      period: 'day',
      amount: 4,
    });
    const error = { error: { code: 'USER.NOT_FOUND', message: 'Esta pessoa não existe.' } };
    call.flush(error, { status: 404, statusText: 'Not Found' });
    await settled();
    expect(within(screen.getByRole('dialog')).getByRole('alert')).toHaveTextContent(
      'Esta pessoa não existe.',
    );
    expect(amount).toHaveValue('4');
  });

  it('should remove a limit at once, and bring it back with the undo', async () => {
    const limit = aLimit({ id: 4, scope: 'role', role: 'member' });
    await givenLimits(limit);
    await press('Remover o limite Cada membro: 200 perguntas por dia');
    expect(rows()).toEqual([]);
    expect(button('Novo limite')).toHaveFocus();
    network.expectOne({ method: 'DELETE', url: '/api/limits/4' }).flush(null);
    await settled();
    const removed = toast();
    expect(removed?.text).toBe('Limite removido: Cada membro: 200 perguntas por dia.');
    removed?.action?.run();
    await settled();
    await answerPut(
      { scope: 'role', role: 'member', measure: 'requests', period: 'day', amount: 200 },
      { ...limit, id: 5 },
    );
    expect(rows()).toEqual(['Cada membro: 200 perguntas por dia']);
  });

  it('should show a limit again that could not be removed, and say why', async () => {
    await givenLimits(aLimit());
    await press('Remover o limite Cada pessoa: 200 perguntas por dia');
    const error = { error: { code: 'SERVER.DATABASE_UNAVAILABLE', message: 'Sem banco.' } };
    network
      .expectOne({ method: 'DELETE', url: '/api/limits/3' })
      .flush(error, { status: 503, statusText: 'Service Unavailable' });
    await settled();
    expect(rows()).toEqual(['Cada pessoa: 200 perguntas por dia']);
    expect(toast()?.text).toBe('Sem banco.');
  });

  it('should say why there is no list, and fetch it again', async () => {
    const error = { error: { code: 'SERVER.DATABASE_UNAVAILABLE', message: 'Sem banco.' } };
    network
      .expectOne({ method: 'GET', url: '/api/limits' })
      .flush(error, { status: 503, statusText: 'Service Unavailable' });
    await settled();
    expect(screen.getByRole('alert')).toHaveTextContent('Sem banco.');
    await press('Tentar de novo');
    await givenLimits(aLimit());
    expect(rows()).toEqual(['Cada pessoa: 200 perguntas por dia']);
  });
});
