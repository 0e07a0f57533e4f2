import { jest } from '@jest/globals';
import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { screen, within } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { givenTheApp, settled } from '../../testing/app-providers';
import { aSession } from '../../testing/samples';
import type {
  CatalogueModel,
  ModelCatalogue,
  ModelDownload,
  PresentModel,
} from '../api/model-files-api';
import { SessionStore } from '../auth/session-store';
import { Models } from './models';

const NAME = 'ana/tiny-GGUF/tiny.gguf';
const GATED = 'Aceite a licença na página do modelo.';

const anItem = (change: Partial<CatalogueModel> = {}): CatalogueModel => ({
  ...{ name: NAME, title: 'Tiny 1B', kind: 'llama', about: 'Pequeno.', licence: 'mit' },
  ...{ bytes: 2_019_000_000, exact: true, arrivedBytes: 0, present: null },
  page: 'https://hub.example/ana/tiny-GGUF',
  ...change,
});

const aPresentModel = (change: Partial<PresentModel> = {}): PresentModel => ({
  ...{ id: `llama/${NAME}`, name: NAME, kind: 'llama', bytes: 2_019_000_000, removable: NAME },
  ...{ offered: true, available: true, reason: null },
  ...change,
});

const aCatalogue = (change: Partial<ModelCatalogue> = {}): ModelCatalogue => ({
  ...{ hub: 'hub.example', hubProblem: null, freeBytes: 81_400_000_000, installed: true },
  ...{ installCommand: 'npm run local-models -- install', items: [anItem()], others: [] },
  ...change,
});

const aDownload = (change: Partial<ModelDownload> = {}): ModelDownload => ({
  ...{ id: 1, name: NAME, state: 'running', phase: 'downloading', bytesPerSecond: 20_000_000 },
  ...{ doneBytes: 819_000_000, totalBytes: 2_019_000_000, modelId: null, offered: false },
  error: null,
  ...change,
});

describe(Models.name, () => {
  let network: HttpTestingController;
  let page: ComponentFixture<Models>;

  beforeEach(async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'performance'] });
    // jsdom knows the element, not how it is opened.
    HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
      this.open = true;
    };
    network = await givenTheApp();
    const started = TestBed.inject(SessionStore).start();
    network.expectOne('/api/auth/refresh').flush(aSession('token-1', { role: 'admin' }));
    await started;
    page = TestBed.createComponent(Models);
    await settled();
  });
  afterEach(() => {
    page.destroy();
    jest.useRealTimers();
  });

  async function given(
    catalogue: Partial<ModelCatalogue> = {},
    ...downloads: ModelDownload[]
  ): Promise<void> {
    network.expectOne('/api/models/catalogue').flush(aCatalogue(catalogue));
    network.expectOne({ method: 'GET', url: '/api/models/downloads' }).flush({ items: downloads });
    await settled();
  }
  const press = async (name: string): Promise<void> => {
    await userEvent.setup({ delay: null }).click(screen.getByRole('button', { name }));
    await settled();
  };
  const text = (): string =>
    (document.body.textContent ?? '').replace(/[\u00a0\u202f]/g, ' ').replace(/\s+/g, ' ');

  it('should show what can be had, with size, licence and the room there is', async () => {
    await given({ items: [anItem(), anItem({ name: 'b/c', title: 'Grande', exact: false })] });
    expect(text()).toContain('81,4 GB livres no disco');
    expect(text()).toContain('2,0 GBlicença mit hub.example');
    expect(text()).toContain('cerca de 2,0 GB');
    expect(screen.getByRole('link', { name: /Tiny 1B/ }).getAttribute('href')).toBe(
      'https://hub.example/ana/tiny-GGUF',
    );
  });

  it('should download, show how far it is, and say when it is here', async () => {
    await given();
    await press('Baixar Tiny 1B');
    const call = network.expectOne({ method: 'POST', url: '/api/models/downloads' });
    expect(call.request.body).toEqual({ name: NAME });
    call.flush(aDownload());
    await settled();
    expect(text()).toContain('819 MB de 2,0 GB · 20 MB/s · termina em 1 min');
    const bar = screen.getByRole('progressbar', { name: 'Download de Tiny 1B' });
    expect(bar.getAttribute('value')).toBe('819000000');
    jest.advanceTimersByTime(1000);
    const done = aDownload({ state: 'done', modelId: `llama/${NAME}`, offered: true });
    network.expectOne({ method: 'GET', url: '/api/models/downloads' }).flush({ items: [done] });
    await settled();
    const items = [anItem({ present: aPresentModel() })];
    network.expectOne('/api/models/catalogue').flush(aCatalogue({ items }));
    network.expectOne('/api/models').flush({ items: [] });
    await settled();
    expect(text()).toContain('Tiny 1B está aqui');
    expect(text()).toContain('pronto para usar');
    jest.advanceTimersByTime(10_000);
    network.verify();
  });

  it('should find a download that goes on when one comes back', async () => {
    await given({}, aDownload());
    expect(screen.getByRole('progressbar')).toBeTruthy();
    page.destroy();
    jest.advanceTimersByTime(10_000);
    network.verify();
  });

  it('should stop a download, and go on from what has arrived', async () => {
    await given({}, aDownload());
    await press('Cancelar');
    network.expectOne({ method: 'DELETE', url: '/api/models/downloads/1' }).flush(null);
    await settled();
    const items = [anItem({ arrivedBytes: 819_000_000 })];
    network.expectOne('/api/models/catalogue').flush(aCatalogue({ items }));
    await settled();
    expect(text()).toContain('819 MB já aqui');
    await press('Continuar o download de Tiny 1B');
    network.expectOne({ method: 'POST', url: '/api/models/downloads' });
  });

  it('should say what went wrong, and try again', async () => {
    const error = { code: 'DOWNLOAD.GATED', message: GATED };
    await given({}, aDownload({ state: 'failed', error }));
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain('Tiny 1B não foi baixado');
    expect(alert.textContent).toContain(GATED);
    await userEvent
      .setup({ delay: null })
      .click(within(alert).getByRole('button', { name: 'Tentar de novo' }));
    network.expectOne({ method: 'POST', url: '/api/models/downloads' });
  });

  it('should keep a name that was not understood, and say why', async () => {
    await given();
    const box = screen.getByLabelText('Nome no hub');
    await userEvent.setup({ delay: null }).type(box, 'tiny');
    await settled();
    await press('Baixar');
    const message = '“tiny” não é nome de modelo no hub.';
    network
      .expectOne({ method: 'POST', url: '/api/models/downloads' })
      .flush(
        { error: { code: 'DOWNLOAD.NAME_INVALID', message } },
        { status: 400, statusText: 'Bad Request' },
      );
    await settled();
    expect((box as HTMLInputElement).value).toBe('tiny');
    expect(text()).toContain(message);
  });

  it('should say what keeps a model from being asked', async () => {
    const reason = { code: 'MODEL.FILE_INVALID', message: 'Os arquivos estão incompletos.' };
    await given({
      installed: false,
      hubProblem: { code: 'DOWNLOAD.OFFLINE', message: 'O servidor não alcança hub.example.' },
      items: [anItem({ present: aPresentModel({ offered: false, available: false }) })],
      others: [aPresentModel({ name: 'meu.gguf', removable: null, available: false, reason })],
    });
    expect(text()).toContain('npm run local-models -- install');
    expect(text()).toContain('O servidor não alcança hub.example.');
    expect(text()).toContain('LLM_MODELS ou MODELS_FILE o deixam de fora.');
    expect(text()).toContain(`llama/${NAME}`);
    expect(text()).toContain('Os arquivos estão incompletos.');
    expect(screen.queryByRole('button', { name: 'Remover meu.gguf' })).toBeNull();
    await press('Tentar de novo');
    network.expectOne('/api/models/catalogue').flush(aCatalogue());
    await settled();
    expect(text()).not.toContain('não alcança');
  });

  it('should remove a model only when that is confirmed', async () => {
    await given({ items: [anItem({ present: aPresentModel() })] });
    await press('Remover Tiny 1B');
    expect(text()).toContain('Libera 2,0 GB no disco.');
    await press('Remover');
    const call = network.expectOne({ method: 'POST', url: '/api/models/removals' });
    expect(call.request.body).toEqual({ name: NAME });
    call.flush(null);
    await settled();
    network.expectOne('/api/models/catalogue').flush(aCatalogue());
    network.expectOne('/api/models').flush({ items: [] });
    await settled();
    expect(screen.getByRole('button', { name: 'Baixar Tiny 1B' })).toBeTruthy();
  });

  it('should say so where the server cannot be asked', async () => {
    network.expectOne('/api/models/catalogue').error(new ProgressEvent('error'));
    network.match({ method: 'GET', url: '/api/models/downloads' });
    await settled();
    expect(screen.getByRole('alert')).toBeTruthy();
    await press('Tentar de novo');
    await given();
    expect(text()).toContain('Tiny 1B');
  });
});
