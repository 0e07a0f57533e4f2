import { setTimeout as wait } from 'node:timers/promises';
import type { ServerTarget } from './database-target.js';
import { isDatabaseAway } from './driver-errors.js';
import { placeOf } from './open-failure.rules.js';

const TRY_AGAIN_MS = 1000;
const SAY_AGAIN_MS = 10_000;

/**
 * Tries until the server is there: services that are started together seldom are ready together.
 * What a server answers, a wrong password say, is not waited out.
 * @param say takes a line for the operator, now and every ten seconds.
 * @throws {Error} the driver's last.
 */
export async function untilReached<T>(
  target: ServerTarget,
  say: (line: string) => void,
  connect: () => Promise<T>,
): Promise<T> {
  const end = performance.now() + target.waitSeconds * 1000;
  let sayAt = 0;
  for (;;) {
    try {
      return await connect();
    } catch (error) {
      const now = performance.now();
      if (!isDatabaseAway(error) || now + TRY_AGAIN_MS > end) {
        throw error;
      }
      if (now >= sayAt) {
        sayAt = now + SAY_AGAIN_MS;
        const left = String(Math.round((end - now) / 1000));
        const why = (error as Error).message;
        say(`Waiting for the database ${placeOf(target)} (DATABASE_URL), ${left} s more: ${why}`);
      }
      await wait(TRY_AGAIN_MS);
    }
  }
}
