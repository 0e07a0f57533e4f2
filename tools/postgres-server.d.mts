export function hasPostgres(): boolean;
export function startPostgres(options?: { cert?: string; key?: string }): Promise<{
  readonly url: string;
  crash(): Promise<void>;
  stop(): Promise<void>;
}>;
