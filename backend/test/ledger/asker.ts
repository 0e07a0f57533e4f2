import { setTimeout as sleep } from 'node:timers/promises';
import type { Planned } from './plan.ts';

/** A server that may be killed and come back at another address. */
export interface Place {
  /** Waits while it is down. */
  readonly url: () => Promise<string>;
  readonly token: () => string;
}

/** How often a busy server is asked again. */
const PATIENCE = 30;
const TEXT_HAS_COME = 'event: delta';

/** Asks what was planned, as a person would; what a kill cuts off is not asked again. */
export class Asker {
  /** The question of each post that was seen. */
  readonly questions = new Map<number, number>();
  private readonly place: Place;

  constructor(place: Place) {
    this.place = place;
  }

  /** Never throws for a server that is gone. @throws {Error} when a server that is there refuses. */
  async ask(planned: Planned): Promise<void> {
    const url = await this.place.url();
    try {
      const conversation = await this.conversation(url, planned);
      await this.follow(url, conversation, planned);
    } catch (error) {
      if (error instanceof Refused) throw error;
    }
  }

  private async conversation(url: string, { model }: Planned): Promise<number> {
    const answer = await this.call(url, 'POST', '/api/conversations', { model: `openai/${model}` });
    return Number(((await answer.json()) as { id: unknown }).id);
  }

  /** Reads the answer to its end, and cuts it off where that is planned. */
  private async follow(url: string, conversation: number, planned: Planned): Promise<void> {
    const path = `/api/conversations/${String(conversation)}`;
    const answer = await this.call(url, 'POST', `${path}/posts`, { prompt: planned.prompt });
    let heard = '';
    let wasCut = false;
    const decoder = new TextDecoder();
    for await (const bytes of answer.body ?? []) {
      heard += decoder.decode(bytes as Uint8Array, { stream: true });
      const post = /"postId":(\d+)/.exec(heard)?.[1];
      if (post !== undefined) this.questions.set(Number(post), planned.n);
      if (post !== undefined && !wasCut && heard.includes(TEXT_HAS_COME)) {
        wasCut = true;
        await this.cut(url, path, post, planned);
      }
    }
  }

  private async cut(url: string, path: string, post: string, { fate }: Planned): Promise<void> {
    if (fate === 'stopped') await this.call(url, 'POST', `/api/posts/${post}/stop`);
    if (fate === 'deleted' || fate === 'erased') await this.call(url, 'DELETE', path);
    if (fate === 'erased') await this.call(url, 'DELETE', `${path}/permanently`);
  }

  /** A server that asks to be asked again is: its database may be busy after a kill. */
  private async call(url: string, method: string, path: string, body?: unknown): Promise<Response> {
    for (let left = PATIENCE; ; left -= 1) {
      const answer = await this.send(url, method, path, body);
      if (answer.ok) return answer;
      const words = `${method} ${path}: ${String(answer.status)} ${await answer.text()}`;
      if (answer.status !== 503 || left === 0) throw new Refused(words);
      await sleep(1000);
    }
  }

  private send(url: string, method: string, path: string, body: unknown): Promise<Response> {
    return fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.place.token()}`,
        origin: url,
        ...(path.endsWith('/posts') ? { accept: 'text/event-stream' } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}

/** The server is there and did not do what it was asked. */
class Refused extends Error {
  override readonly name = 'Refused';
}
