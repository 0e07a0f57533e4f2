// Loaded into the server under measurement (JavaScript, for stripping types takes memory that would
// be counted as the server's): tells its parent, as a Spread, how late its event loop was, and what
// memory it holds. The
// built-in monitor samples every 10 ms, which costs nothing that could be seen.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { settledMemory } from './settled-memory.mjs';

const RESOLUTION_MS = 10;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();

// The monitor counts its own interval.
const toMs = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);

process.on('message', (message) => {
  if (message === 'memory') process.send?.(settledMemory());
  if (message !== 'loop-delay') return;
  const spread = {
    count: delay.count,
    p50: toMs(delay.percentile(50)),
    p99: toMs(delay.percentile(99)),
    max: toMs(delay.max),
  };
  delay.reset();
  process.send?.(spread);
});
process.channel?.unref();
// A bench that was interrupted leaves no server behind.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
