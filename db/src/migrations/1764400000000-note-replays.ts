import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { engineOf } from '../engine.js';
import { columnTypes } from './columns.js';

/** Who had people's prompts judged once more, and by what. */
export class NoteReplays1764400000000 implements MigrationInterface {
  readonly name = 'NoteReplays1764400000000';

  async up(runner: QueryRunner): Promise<void> {
    const type = columnTypes(engineOf(runner));
    const replays = new Table({
      name: 'guardrail_replays',
      columns: [
        type.id(),
        type.time('created_at'),
        type.int('user_id'),
        type.varchar('username', 255),
        type.int('days'),
        type.int('policy_id'),
        type.int('draft_id', { isNullable: true }),
        type.varchar('digest', 64),
        type.int('prompts'),
      ],
      indices: [{ name: 'IDX_guardrail_replays_time', columnNames: ['created_at', 'id'] }],
    });
    await runner.createTable(replays);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('guardrail_replays');
  }
}
