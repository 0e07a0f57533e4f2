import { langSmithClient } from './langsmith-client.js';
import type { LangSmithPlace } from './langsmith-place.js';
import { Wire } from './wire.js';

/** Asked again so much later at the earliest, in milliseconds: the first trace makes the project. */
const ASK_AGAIN_MS = 30_000;

/**
 * Where the project's traces can be looked at. Found by one request, behind everybody's back and
 * on a connection of its own; whoever asks before it is known is told so and goes on at once.
 */
export class ProjectPage {
  private readonly wire = new Wire();
  private readonly client;
  private address: string | undefined;
  private askedAt = -Infinity;

  /** @param askAgainMs how long a lookup that found nothing is not repeated. */
  constructor(
    private readonly place: LangSmithPlace,
    private readonly askAgainMs = ASK_AGAIN_MS,
  ) {
    this.client = langSmithClient(place, this.wire.fetch);
  }

  /** The trace's page, in the SDK's own form; null while the project is not known. Never throws. */
  urlOf(traceId: string): string | null {
    if (this.address === undefined) {
      void this.find();
      return null;
    }
    return `${this.address}/r/${traceId}?poll=true`;
  }

  /** Ends what is under way; nothing is looked up any more. */
  stop(): void {
    this.wire.stop();
  }

  private async find(): Promise<void> {
    const now = performance.now();
    if (now - this.askedAt < this.askAgainMs) return;
    this.askedAt = now;
    try {
      const { id, tenant_id } = await this.client.readProject({ projectName: this.place.project });
      // Absent where the service failed or does not know the project.
      if (!isId(id) || !isId(tenant_id)) return;
      this.address = `${this.client.getHostUrl()}/o/${tenant_id}/projects/p/${id}`;
    } catch {
      // No such project yet, or no answer that can be read: asked again later.
    }
  }
}

/** What comes from a service is looked at before it becomes part of a link. */
const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[\w-]{1,64}$/.test(value);
