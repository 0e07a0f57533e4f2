/** Passages that are found by another title or at another place from one commit on. */
export const REVISED = 50;
