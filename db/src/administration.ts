import { type EntityManager, IsNull } from 'typeorm';
import { User } from './entities/user.entity.js';
import { engineOf } from './engine.js';

/**
 * Lets one transaction at a time decide who administers: two administrators who demote each other
 * at once would otherwise leave none, and two first runs would make two. Must be the transaction's
 * first statement, so that it sees what the one before it committed.
 */
export async function lockAdministration(manager: EntityManager): Promise<void> {
  if (engineOf(manager) === 'sqlite') {
    return; // Its transactions run one at a time.
  }
  // A row that exists from the first start on, also while there is no person to lock.
  await manager.query('SELECT id FROM migrations ORDER BY id LIMIT 1 FOR UPDATE');
}

/** How many people can administer now. */
export function countActiveAdministrators(manager: EntityManager): Promise<number> {
  return manager.countBy(User, { role: 'admin', suspendedAt: IsNull() });
}
