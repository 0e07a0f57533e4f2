/** How many times larger the large work is. */
const LARGER = 16;
/** Each is repeated for so long, in microseconds: the clock of a thread may tick in steps of 4 ms. */
const MEASURED_US = 80_000;

/**
 * How many times more a work costs that is sixteen times as large: about 16 where its cost grows
 * with the size, about 256 where it grows with the square. Both are measured side by side, in time
 * that this thread was computing, so that it says the same on a slow or busy machine.
 * @param work does it on a text or list of that size.
 */
export function timesCostlier(work: (size: number) => void, size: number): number {
  work(size); // Compiled once, before anything is measured.
  return costOf(() => work(size * LARGER)) / costOf(() => work(size));
}

/** What no work reaches whose cost grows with its size. */
export const MORE_THAN_LINEAR = 4 * LARGER;

/** Time of one run, in microseconds. */
function costOf(work: () => void): number {
  const before = process.threadCpuUsage();
  for (let runs = 1; ; runs += 1) {
    work();
    const { user, system } = process.threadCpuUsage(before);
    if (user + system >= MEASURED_US) return (user + system) / runs;
  }
}
