import { computed, inject, Service, signal } from '@angular/core';
import { ModelFilesApi, type ModelCatalogue, type ModelDownload } from '../api/model-files-api';
import { ModelsStore } from '../chat/models-store';
import { FailureTexts } from '../i18n/failure-texts';

/** How often a download that goes on is looked at, in milliseconds. */
const LOOK_MS = 1000;
/** How soon it is tried again where the server could not be asked, in milliseconds. */
const RETRY_MS = 4000;

/** The models on the server: what is there, what can be had, what is being downloaded. */
@Service()
export class ModelFilesStore {
  private readonly api = inject(ModelFilesApi);
  private readonly failures = inject(FailureTexts);
  private readonly models = inject(ModelsStore);
  private readonly content = signal<ModelCatalogue | null>(null);
  private readonly list = signal<readonly ModelDownload[]>([]);
  private readonly condition = signal<'loading' | 'ready' | 'failed'>('loading');
  private readonly problem = signal('');
  private readonly asking = signal(false);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isWatched = false;

  /** Null until it is known. */
  readonly catalogue = this.content.asReadonly();
  readonly downloads = this.list.asReadonly();
  readonly running = computed(() => this.list().find(({ state }) => state === 'running') ?? null);
  readonly state = this.condition.asReadonly();
  readonly failure = this.problem.asReadonly();
  /** The hub is being asked again. */
  readonly busy = this.asking.asReadonly();

  /** Loads everything, and looks at what goes on until {@link leave}. Never rejects. */
  async watch(): Promise<void> {
    this.isWatched = true;
    if (!this.content()) this.condition.set('loading');
    try {
      await Promise.all([this.loadCatalogue(), this.loadDownloads()]);
      this.condition.set('ready');
      this.lookLater(LOOK_MS);
    } catch (thrown) {
      this.problem.set(this.failures.of(thrown));
      this.condition.set('failed');
    }
  }

  /** Nobody looks on any more; a download goes on. */
  leave(): void {
    this.isWatched = false;
    clearTimeout(this.timer);
  }

  /** Asks the hub again. Never rejects: a failure is shown. */
  async refresh(): Promise<void> {
    this.asking.set(true);
    await this.loadCatalogue().catch((thrown: unknown) => this.failures.show(thrown));
    this.asking.set(false);
  }

  /** @throws ApiFailure */
  async start(name: string): Promise<void> {
    const begun = await this.api.download(name);
    this.list.update((all) => [begun, ...all.filter((one) => one.name !== begun.name)]);
    this.lookLater(LOOK_MS);
  }

  /** Stops a download, or forgets one that has ended. @throws ApiFailure */
  async dismiss({ id }: ModelDownload): Promise<void> {
    await this.api.removeDownload(id);
    this.list.update((all) => all.filter((one) => one.id !== id));
    await this.loadCatalogue();
  }

  /** @throws ApiFailure */
  async remove(name: string): Promise<void> {
    await this.api.removeModel(name);
    await this.changed();
  }

  private async loadCatalogue(): Promise<void> {
    this.content.set(await this.api.catalogue());
  }

  private async loadDownloads(): Promise<void> {
    const hadRunning = this.running() !== null;
    this.list.set(await this.api.downloads());
    if (hadRunning && this.running() === null) await this.changed();
  }

  /** There are others now, also where models are chosen. */
  private async changed(): Promise<void> {
    await Promise.all([this.loadCatalogue(), this.models.load()]);
  }

  private lookLater(ms: number): void {
    clearTimeout(this.timer);
    if (this.isWatched && this.running()) this.timer = setTimeout(() => void this.look(), ms);
  }

  private async look(): Promise<void> {
    try {
      await this.loadDownloads();
      this.lookLater(LOOK_MS);
    } catch {
      this.lookLater(RETRY_MS); // The page says by itself that the server is away.
    }
  }
}
