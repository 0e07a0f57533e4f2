import { Injectable } from '@nestjs/common';
import { Usage } from '#db';
import { type EntityManager, IsNull } from 'typeorm';
import type { CallOutcome, ModelCall } from './model-call.js';

@Injectable()
export class UsageRepository {
  async insertOpen(manager: EntityManager, call: ModelCall): Promise<number> {
    const { identifiers } = await manager.insert(Usage, {
      ...call,
      estimated: false,
      openedAt: new Date(),
    });
    return Number(identifiers[0]?.['id']);
  }

  async close(manager: EntityManager, id: number, outcome: CallOutcome): Promise<void> {
    await manager.update(Usage, { id, closedAt: IsNull() }, { ...outcome, closedAt: new Date() });
  }

  async closeOpenOf(manager: EntityManager, runId: string, outcome: string): Promise<void> {
    await manager.update(
      Usage,
      { runId, closedAt: IsNull() },
      { outcome, estimated: true, closedAt: new Date() },
    );
  }
}
