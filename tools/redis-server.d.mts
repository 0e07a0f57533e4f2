/** A server of a test's own. */
export interface PrivateRedis {
  readonly url: string;
  /** Where it keeps everything. */
  readonly folder: string;
  /** Ends it as an operator does; its folder stays. */
  end(): Promise<void>;
  stop(): Promise<void>;
}

export function hasRedis(): boolean;
export function startRedis(options?: { keeping?: boolean }): Promise<PrivateRedis>;
