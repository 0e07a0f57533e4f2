/** A server of a test's own. */
export interface PrivateMariadb {
  readonly url: string;
  /** Where it keeps everything. */
  readonly folder: string;
  /** Kills it with -9 and starts it again. */
  crash(): Promise<void>;
  /** Ends it as an operator does; its folder stays. */
  end(): Promise<void>;
  stop(): Promise<void>;
}

export function hasMariadb(): boolean;
export function startMariadb(options?: {
  cert?: string;
  key?: string;
  quick?: boolean;
  keeping?: boolean;
}): Promise<PrivateMariadb>;
