export function hasMariadb(): boolean;
export function startMariadb(options?: { cert?: string; key?: string }): Promise<{
  readonly url: string;
  crash(): Promise<void>;
  stop(): Promise<void>;
}>;
