import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../fuzz/random.ts';
import { type Frame, framesOf } from '../harness/frames.ts';
import type { Deed } from './deeds.ts';
import type { Scene } from './scene.ts';
import type { ShownText } from './shown-text.ts';

/** How the deed goes on. */
type Next = { readonly ended: true } | { readonly ended?: false; readonly againMs: number };

/** What a post's JSON says, as far as it is looked at. */
export interface PostSeen {
  readonly id: number;
  readonly conversationId: number;
  readonly parentId: number | null;
  readonly body: string;
  readonly status: string;
}

/** How a person behaves in one deed. The seed decides. */
export interface Manner {
  /** After so many reads of text Stop is pressed; undefined: never. */
  readonly stopsAfter: number | undefined;
  /** Waits for the whole answer as JSON, like a program. */
  readonly wantsJson: boolean;
}

/** A refusal that passes by itself. */
const PASSING: ReadonlySet<number> = new Set([503, 429]);
const ASK_AGAIN_MS = 100;

/**
 * Carries one deed out as a browser does: sends it with its key until it is accepted, follows the
 * answer over broken connections, and writes down what it sees.
 */
export class Errand {
  private lastEventId: string | undefined;
  private hasPressedStop = false;
  private readonly scene: Scene;
  private readonly deed: Deed;
  private readonly shown: ShownText;
  private readonly manner: Manner;
  private readonly random: Random;

  constructor(scene: Scene, deed: Deed, shown: ShownText, manner: Manner, random: Random) {
    this.scene = scene;
    this.deed = deed;
    this.shown = shown;
    this.manner = manner;
    this.random = random;
  }

  /** @returns the post at the end; undefined when the server would not do it. */
  async run(): Promise<PostSeen | undefined> {
    const leave = await this.scene.places.take();
    try {
      for (;;) {
        const next = await this.attempt();
        if (next.ended) break;
        leave();
        await sleep(next.againMs);
      }
    } finally {
      leave();
    }
    const { refused, postId } = this.deed;
    if (refused !== undefined) return undefined;
    if (postId !== undefined) return this.settled();
    this.note('an answer came to its end without a word of which post it is');
    return undefined;
  }

  private async attempt(): Promise<Next> {
    const url = await this.scene.victim.url();
    try {
      const isKnown = this.deed.postId !== undefined;
      // A browser that knows the post follows it; one that was reloaded sends the same again.
      return isKnown && this.random.chance(0.7) ? await this.follow(url) : await this.send(url);
    } catch {
      this.deed.last = 'broken';
      return { againMs: 10 }; // The connection broke: the next address is waited for.
    }
  }

  private async send(url: string): Promise<Next> {
    const { deed, manner, shown } = this;
    deed.sends += 1;
    deed.last = 'sending';
    shown.connect(this.scene.victim.life, deed.sends > 1);
    const answer = await this.fetch(url, deed.path, {
      method: 'POST',
      headers: {
        accept: manner.wantsJson ? 'application/json' : 'text/event-stream',
        'content-type': 'application/json',
        'idempotency-key': deed.key,
      },
      body: JSON.stringify(deed.body),
    });
    deed.last = `sent: ${String(answer.status)}`;
    if (PASSING.has(answer.status)) return { againMs: ASK_AGAIN_MS };
    if (!answer.ok) return this.refused(answer);
    return manner.wantsJson ? this.take((await answer.json()) as PostSeen) : this.read(answer);
  }

  private async follow(url: string): Promise<Next> {
    const { lastEventId } = this;
    this.shown.connect(this.scene.victim.life);
    this.deed.last = 'following';
    this.shown.cut(Number(lastEventId?.split('.')[1] ?? 0));
    const path = `/api/posts/${String(this.deed.postId)}/events`;
    const answer = await this.fetch(url, path, {
      headers: {
        accept: 'text/event-stream',
        ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
      },
    });
    this.deed.last = `followed: ${String(answer.status)}`;
    if (PASSING.has(answer.status)) return { againMs: ASK_AGAIN_MS };
    return answer.ok ? this.read(answer) : this.refused(answer);
  }

  /** JSON: the whole answer at once, or its post while it goes on. */
  private take(post: PostSeen): Next {
    this.accepted(post.id);
    this.note(this.shown.delta(0, post.body, performance.now()));
    if (post.status === 'answering') return { againMs: ASK_AGAIN_MS };
    this.deed.endedAs = post.status;
    return { ended: true };
  }

  private async read(answer: Response): Promise<Next> {
    let reads = 0;
    for await (const arrived of framesOf(answer)) {
      for (const frame of arrived) {
        if (typeof frame === 'string') continue;
        const next = this.heed(frame);
        if (next) return next;
      }
      reads += 1;
      this.scene.signals.tell('text', reads);
      if (reads === this.manner.stopsAfter) this.pressStop();
    }
    return { againMs: 10 };
  }

  private heed({ id, type, data, at }: Frame): Next | undefined {
    if (id !== '') this.lastEventId = id;
    switch (type) {
      case 'post':
        this.accepted(Number(data['postId']));
        return undefined;
      case 'delta':
        this.note(this.shown.delta(Number(data['at']), String(data['text']), at));
        return undefined;
      case 'replace':
        this.shown.replace(String(data['text']));
        return undefined;
      case 'reconnect':
        this.deed.last = 'sent away';
        return { againMs: Number(data['afterMs']) };
      case 'done':
        this.deed.endedAs = String(data['status']);
        return { ended: true };
      default:
        return undefined;
    }
  }

  private accepted(postId: number): void {
    const { deed } = this;
    if (deed.postId !== undefined && deed.postId !== postId) {
      this.note(`the key ${deed.key} stands for two posts`);
    }
    deed.postId ??= postId;
    if (deed.acceptedAt === undefined) {
      deed.acceptedAt = performance.now();
      this.scene.signals.tell('accepted');
    }
  }

  private pressStop(): void {
    const { deed, scene } = this;
    if (this.hasPressedStop || deed.postId === undefined) return;
    this.hasPressedStop = true;
    const path = `/api/posts/${String(deed.postId)}/stop`;
    void scene.victim
      .url()
      .then((url) => this.fetch(url, path, { method: 'POST' }))
      .catch(() => undefined);
    scene.signals.tell('stopped');
  }

  private async refused(answer: Response): Promise<Next> {
    this.deed.refused = `${String(answer.status)} ${await answer.text()}`;
    return { ended: true };
  }

  /** The post as it is stored: once it has ended, no kill changes it. */
  private async settled(): Promise<PostSeen> {
    for (;;) {
      const url = await this.scene.victim.url();
      try {
        const answer = await this.fetch(url, `/api/posts/${String(this.deed.postId)}`, {});
        if (answer.ok) return this.compared((await answer.json()) as PostSeen);
      } catch {
        // Killed again.
      }
      await sleep(ASK_AGAIN_MS);
    }
  }

  private compared(post: PostSeen): PostSeen {
    const { ledger } = this.scene;
    const { loss, fault } = this.shown.settle(post.body);
    if (loss) ledger.losses.push({ ...loss, postId: post.id, status: post.status });
    this.note(fault);
    ledger.texts.set(post.id, post.body);
    return post;
  }

  private note(fault: string | undefined): void {
    const { deed, scene } = this;
    if (fault !== undefined) {
      scene.ledger.faults.push(`post ${String(deed.postId)}, ${deed.kind}: ${fault}`);
    }
  }

  private fetch(url: string, path: string, init: RequestInit): Promise<Response> {
    const authorization = `Bearer ${this.scene.token}`;
    return fetch(`${url}${path}`, { ...init, headers: { ...init.headers, authorization } });
  }
}
