/** Without a sign of life for so long, by its own clock, a process was itself taken for dead. */
const SILENT_MS = 6000;

/**
 * From when on a process may take others for dead, in milliseconds of its own clock. When the
 * database was away from all of them, all look dead in the moment it is back: each lets the others
 * give a sign first.
 * @param before what this said last.
 * @param lastSignAt when its last sign of life but this one was stored.
 */
export function judgesFrom(before: number, lastSignAt: number, now: number): number {
  return now - lastSignAt >= SILENT_MS ? now + SILENT_MS : before;
}
