import { connect, type Socket } from 'node:net';
import { hasRedis, type PrivateRedis, startRedis } from '../../../../tools/redis-server.mjs';
import type { CanaryHunt } from './hunt.ts';

/** A Redis of a campaign's own, of which every command is read. */
export interface WatchedRedis {
  readonly url: string;
  /** Ends it and searches all that it was told and has written. */
  search(): Promise<void>;
  close(): Promise<void>;
}

export { hasRedis };

/** Starts a Redis that keeps all it is told. */
export async function startWatchedRedis(hunt: CanaryHunt): Promise<WatchedRedis> {
  const redis: PrivateRedis = await startRedis({ keeping: true });
  const watching = watch(Number(new URL(redis.url).port), hunt);
  return {
    url: redis.url,
    async search() {
      watching.destroy();
      await redis.end();
      await hunt.folder(redis.folder, () => 'Redis, appended file and snapshot');
    },
    async close() {
      watching.destroy();
      await redis.stop();
    },
  };
}

/** Redis tells of every command there, those that publish and leave nothing among them. */
function watch(port: number, hunt: CanaryHunt): Socket {
  const socket = connect(port, '127.0.0.1', () => socket.write('MONITOR\r\n'));
  let rest = '';
  socket.setEncoding('latin1').on('data', (part: string) => {
    const lines = (rest + part).split('\r\n');
    rest = lines.pop() ?? '';
    hunt.look('Redis, every command', lines.join('\n'));
  });
  socket.on('error', () => socket.destroy());
  return socket;
}
