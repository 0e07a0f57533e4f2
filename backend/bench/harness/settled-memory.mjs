import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** @type {() => void} Collects garbage, all of it. */
let collect;

/**
 * Memory of this process without its garbage, in bytes.
 * @returns {{ rss: number, heap: number }} what is resident, and what JavaScript and its buffers hold.
 */
export function settledMemory() {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc');
  }
  collect();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heap: heapUsed + external };
}
