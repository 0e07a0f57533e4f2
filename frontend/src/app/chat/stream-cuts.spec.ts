import type { HttpTestingController, TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { givenTheApp } from '../../testing/app-providers';
import { arrive } from '../../testing/samples';
import { AnswerStreams } from '../api/answer-streams';
import { applyEvent } from './answer.rules';
import { AnswerRun } from './answer-run';
import { justAsked, type ThreadPost } from './thread-post';

/** Pieces of an answer: accents, emoji of two units, line ends, what looks like the protocol. */
const PIECES = [
  'Olá, ',
  'coração',
  ' 🌽🧑‍🌾',
  '\n\n',
  'id: 9.9\ndata: {',
  '```\r\n',
  ' — ',
  'ção',
  '日本',
];
const PLACE = { conversationId: 1, parentId: null, siblings: { ids: [5], index: 0 }, model: null };

type Frame = readonly [type: string, data: object];

/** A number from 0 to below `below`, the same for the same seed (mulberry32). */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** The log of one answer, and what the server says to whoever asks for it from an event on. */
class Server {
  readonly text: string;
  private readonly log: { readonly frame: Frame; readonly chars: number }[] = [];

  constructor(pieces: readonly string[]) {
    this.text = pieces.join('');
    this.add(['post', { postId: 5, conversationId: 1, parentId: null, runId: 'r' }], 0);
    let at = 0;
    for (const text of pieces) {
      this.add(['delta', { at, text }], at + text.length);
      at += text.length;
    }
    this.add(['done', { status: 'done' }], at);
  }

  /** As long as the log is there: every event after that one. */
  after(lastEventId: string | null): string {
    const seq = Number(lastEventId?.split('.')[0] ?? 0);
    return this.log.slice(seq).map(this.written(seq)).join('');
  }

  /** Once the log is gone: the text from that place on in one piece. */
  afterTheLog(lastEventId: string | null): string {
    const [seq = 0, at = 0] = (lastEventId ?? '0.0').split('.').map(Number);
    const rest = this.text.slice(at);
    const frames: Frame[] = [
      ...(rest ? [['delta', { at, text: rest }] as const] : []),
      ['done', { status: 'done' }],
    ];
    return frames.map((frame, n) => toWire(seq + n + 1, this.text.length, frame)).join('');
  }

  private add(frame: Frame, chars: number): void {
    this.log.push({ frame, chars });
  }

  private readonly written =
    (before: number) =>
    ({ frame, chars }: { frame: Frame; chars: number }, n: number): string =>
      (n % 2 ? ': still here\n\n' : '') + toWire(before + n + 1, chars, frame);
}

/** One event as the server writes it. */
const toWire = (seq: number, chars: number, [type, data]: Frame): string =>
  `id: ${seq}.${chars}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;

describe('a stream that is cut anywhere', () => {
  let network: HttpTestingController;
  let post: ThreadPost;
  let ends: number;
  let run: AnswerRun;

  beforeEach(async () => {
    network = await givenTheApp();
    jest.useFakeTimers();
  });

  afterEach(() => {
    run.close();
    jest.useRealTimers();
  });

  function follow(): void {
    post = { ...justAsked('k', 'Oi', PLACE, new Date(0)), id: 5 };
    ends = 0;
    const fail = (): never => {
      throw new Error('A cut is no end');
    };
    run = AnswerRun.follow(
      TestBed.inject(AnswerStreams),
      {
        heard: (event) => {
          post = applyEvent(post, event);
          if (event.type === 'done') ends += 1;
        },
        refused: fail,
        lost: fail,
        waits: () => undefined,
      },
      5,
    );
  }

  /** The connection that is open now, however long it waited for its turn. */
  function connection(): { readonly request: TestRequest; readonly lastEventId: string | null } {
    jest.advanceTimersByTime(20_000);
    const request = network.expectOne('/api/posts/5/events');
    return { request, lastEventId: request.request.headers.get('Last-Event-ID') };
  }

  /** Sends the bytes in pieces of those lengths, as the browser decodes and reports them. */
  function send(request: TestRequest, bytes: Uint8Array, next: () => number): void {
    const decoder = new TextDecoder();
    for (let at = 0; at < bytes.length && !request.cancelled;) {
      const end = Math.min(bytes.length, at + next());
      arrive(request, decoder.decode(bytes.subarray(at, end), { stream: true }));
      at = end;
    }
  }

  const lose = (request: TestRequest): void => {
    if (!request.cancelled) request.error(new ProgressEvent('error'));
  };

  it('should say the same once, wherever it is cut, from the log and after it', () => {
    const server = new Server(PIECES);
    const { length } = new TextEncoder().encode(server.after(null));
    for (let cut = 0; cut < length; cut++) {
      follow();
      const first = connection();
      const bytes = new TextEncoder().encode(server.after(first.lastEventId));
      send(first.request, bytes.subarray(0, cut), () => length);
      lose(first.request);
      const second = connection();
      const rest =
        cut % 2 ? server.after(second.lastEventId) : server.afterTheLog(second.lastEventId);
      send(second.request, new TextEncoder().encode(rest), () => length);
      expect({ cut, body: post.body, ends }).toEqual({ cut, body: server.text, ends: 1 });
      expect(post).toMatchObject({ status: 'done', gap: false });
    }
  });

  it.each(Array.from({ length: 40 }, (_, seed) => seed))(
    'should say the same once, cut again and again in pieces of any size (seed %i)',
    (seed) => {
      const below = chance(seed);
      const pieces = Array.from(
        { length: 5 + below(60) },
        () => PIECES[below(PIECES.length)] ?? '',
      );
      const server = new Server(pieces);
      follow();
      for (let cuts = 0; ends === 0; cuts++) {
        const { request, lastEventId } = connection();
        const isGone = below(4) === 0;
        const said = isGone ? server.afterTheLog(lastEventId) : server.after(lastEventId);
        const bytes = new TextEncoder().encode(said);
        const whole = cuts > 20 || below(6) === 0;
        send(request, whole ? bytes : bytes.subarray(0, below(bytes.length)), () => 1 + below(90));
        // It may end in an error, or as if that had been all.
        if (below(2)) lose(request);
        else if (!request.cancelled) request.flush(null);
      }
      expect({ body: post.body, ends }).toEqual({ body: server.text, ends: 1 });
      jest.advanceTimersByTime(60_000);
      network.verify();
    },
  );
});
