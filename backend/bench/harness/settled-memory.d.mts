/** Memory of a process without its garbage, in bytes. */
export interface SettledMemory {
  readonly rss: number;
  readonly heap: number;
}

export function settledMemory(): SettledMemory;
