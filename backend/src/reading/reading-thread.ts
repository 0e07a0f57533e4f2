// The thread that reads pages: a long one takes a second, in which the server must answer others,
// and one made to take for ever is ended with its thread.
import { parentPort } from 'node:worker_threads';
import { pick } from './picked.js';
import { readableText } from './readable-text.js';
import type { ReadingAnswer, ReadingOrder } from './reading-order.js';

function answer(order: ReadingOrder): ReadingAnswer {
  try {
    return 'read' in order
      ? { page: readableText(order.read.html, order.read.address) }
      : { picked: pick(order.pick.html, order.pick.picking) };
  } catch (error) {
    return { failed: String(error) };
  }
}

parentPort?.on('message', (order: ReadingOrder) => {
  parentPort?.postMessage(answer(order));
});
