import { jest } from '@jest/globals';
import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { fireEvent, screen } from '@testing-library/dom';
import { givenTheApp, settled } from '../../testing/app-providers';
import { aLimitLeft, aSession } from '../../testing/samples';
import { SessionStore } from '../auth/session-store';
import { Clock } from '../i18n/clock';
import { Composer } from './composer';

/** Six hours before midnight, where the reader is. */
const NOW = new Date(2026, 10, 21, 18);
const RESETS_AT = new Date(2026, 10, 22);
const SIX_HOURS = 6 * 3600;

describe('a limit that is reached', () => {
  let network: HttpTestingController;

  beforeEach(async () => {
    // The clock of the screens ticks when a test says so: thirty days of ticks take minutes.
    jest.useFakeTimers({ now: NOW, doNotFake: ['setInterval'] });
    window.matchMedia = ((query: string) => ({ matches: false, media: query })) as never;
    network = await givenTheApp();
    const started = TestBed.inject(SessionStore).start();
    network.expectOne('/api/auth/refresh').flush(aSession());
    await started;
    TestBed.createComponent(Composer);
    await settled();
    await hearLimits(0);
  });

  afterEach(() => jest.useRealTimers());

  const box = (): HTMLTextAreaElement => screen.getByLabelText('Sua mensagem');
  const send = (): HTMLElement => screen.getByRole('button', { name: 'Enviar' });

  async function hearLimits(left: number, amount = 5): Promise<void> {
    const limits = [aLimitLeft({ amount, left, near: true, resetsAt: RESETS_AT.toISOString() })];
    network.expectOne('/api/limits/mine').flush({ timeZone: 'America/Sao_Paulo', limits });
    await settled();
  }

  async function type(text: string): Promise<void> {
    fireEvent.input(box(), { target: { value: text } });
    await settled();
  }

  /** Asks and is refused; the server says how many seconds to wait. */
  async function givenARefusal(code: string, retryAfter: number): Promise<void> {
    await type('Uma pergunta comprida');
    fireEvent.keyDown(box(), { key: 'Enter' });
    await settled();
    const what = { scope: 'own', measure: 'requests', period: 'day', amount: 5 };
    const details = { resetsAt: RESETS_AT.toISOString(), ...what };
    network
      .expectOne({ method: 'POST', url: '/api/posts' })
      .flush(JSON.stringify({ error: { code, message: 'Limite atingido.', details } }), {
        status: 429,
        statusText: 'Too Many Requests',
        headers: { 'Retry-After': String(retryAfter) },
      });
    await settled();
  }

  it('should keep the prompt, say when it renews, and let it be sent by itself from then on', async () => {
    await givenARefusal('LIMIT.REQUESTS', SIX_HOURS);
    await hearLimits(0);
    expect(box()).toHaveValue('Uma pergunta comprida');
    const note = screen.getByRole('alert');
    expect(note).toHaveTextContent(
      'Você chegou ao seu limite de 5 perguntas por dia. Renova à meia-noite (em 6 horas). Se precisar antes, fale com quem ' +
        'administra o Prosa. Seu texto está guardado.',
    );
    expect(send()).toBeDisabled();
    expect(screen.queryByRole('button', { name: 'Tentar de novo' })).toBeNull();

    jest.advanceTimersByTime(SIX_HOURS * 1000 - 1);
    await settled();
    expect(send()).toBeDisabled();
    jest.advanceTimersByTime(1);
    await settled();
    expect(send()).toBeEnabled();
    expect(note).toHaveTextContent('Você já pode perguntar de novo. Seu texto está guardado.');
    fireEvent.click(screen.getByRole('button', { name: 'Tentar de novo' }));
    await settled();
    network.expectOne({ method: 'POST', url: '/api/posts' });
  });

  it('should hold a question back whatever it asks, and say so after the note is gone', async () => {
    await givenARefusal('LIMIT.REQUESTS', SIX_HOURS);
    await hearLimits(0);
    fireEvent.click(screen.getByRole('button', { name: 'Dispensar' }));
    await type('Outra');
    expect(send()).toBeDisabled();
    fireEvent.keyDown(box(), { key: 'Enter' });
    await settled();
    network.expectNone({ method: 'POST', url: '/api/posts' });
    expect(box()).toHaveAccessibleDescription('Você pode perguntar de novo à meia-noite');
  });

  it('should let a shorter prompt try its luck where tokens are used up', async () => {
    await givenARefusal('LIMIT.TOKENS', SIX_HOURS);
    await hearLimits(0);
    expect(send()).toBeDisabled();
    await type('Uma pergunta');
    expect(send()).toBeEnabled();
  });

  it('should go on as soon as somebody raises the limit', async () => {
    await givenARefusal('LIMIT.REQUESTS', SIX_HOURS);
    await hearLimits(0);
    expect(send()).toBeDisabled();
    jest.advanceTimersByTime(150_000);
    TestBed.inject(Clock).tick();
    await settled();
    await hearLimits(20, 25);
    expect(send()).toBeEnabled();
  });

  it('should wait out a pause of more days than a timer can count', async () => {
    const thirtyDays = 30 * 86_400;
    await givenARefusal('LIMIT.BUDGET', thirtyDays);
    await hearLimits(0);
    jest.advanceTimersByTime(thirtyDays * 1000 - 1);
    await settled();
    expect(send()).toBeDisabled();
    jest.advanceTimersByTime(1);
    await settled();
    expect(send()).toBeEnabled();
  });
});
