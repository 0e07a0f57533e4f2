import { setTimeout as wait } from 'node:timers/promises';
import type { AnswerStream, Frame } from './answer-stream.js';
import type { ApiClient } from './api-client.js';
import { follow } from './asking.js';
import { postOf } from './two-servers.js';

/** Where nobody said when to ask again, in milliseconds. */
const ASK_AGAIN_MS = 200;

/** An answer that takes more does not end. */
const MOST_TRIES = 100;

/** What somebody has read of an answer, through however many streams. */
export interface Reading {
  readonly postId: number;
  text: string;
  /** Of the last `done`. */
  status: string;
  streams: number;
  /** Deltas that did not begin where the text ended, and texts that were taken back. */
  readonly faults: string[];
}

/**
 * Reads an answer to its end as the browser does: reconnects with the id of its last event.
 * @param postId where the stream does not begin with the post.
 */
export async function readSteadily(
  client: ApiClient,
  first: AnswerStream,
  postId = postOf(first),
): Promise<Reading> {
  const reading: Reading = { postId, text: '', status: '', streams: 0, faults: [] };
  let stream: AnswerStream | undefined = first;
  let lastId = '0.0';
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const last: Frame | undefined = stream && take(reading, await stream.all());
    if (last?.type === 'done') return reading;
    lastId = last?.id ?? lastId;
    const afterMs = last?.type === 'reconnect' ? Number(last.data['afterMs']) : ASK_AGAIN_MS;
    await wait(afterMs);
    // Between two servers there may be none for a moment.
    stream = await follow(client, postId, lastId).catch(() => undefined);
  }
  throw new Error(`no end of post ${String(postId)} after ${String(MOST_TRIES)} streams`);
}

/** @returns the last frame. */
function take(reading: Reading, frames: readonly Frame[]): Frame | undefined {
  reading.streams += 1;
  for (const { type, data, id } of frames) {
    if (type === 'delta') {
      const at = Number(data['at']);
      if (at !== reading.text.length) {
        reading.faults.push(`${id}: at ${String(at)} after ${String(reading.text.length)}`);
      }
      reading.text = reading.text.slice(0, at) + String(data['text']);
    }
    if (type === 'replace') {
      reading.faults.push(`${id}: replaced`);
      reading.text = String(data['text']);
    }
    if (type === 'done') reading.status = String(data['status']);
  }
  return frames.at(-1);
}
