import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const BY_CHANNEL = new TableIndex({
  name: 'IDX_conversation_channel',
  columnNames: ['user_id', 'status', 'channel', 'pinned_at', 'updated_at', 'id'],
});
const OF_ALL = new TableIndex({
  name: 'IDX_conversation_list',
  columnNames: ['user_id', 'status', 'pinned_at', 'updated_at', 'id'],
});

/** The history of one channel, however many conversations programs have begun at another. */
export class ListByChannel1763600000004 implements MigrationInterface {
  readonly name = 'ListByChannel1763600000004';

  up(runner: QueryRunner): Promise<void> {
    return replaceIndex(runner, OF_ALL, BY_CHANNEL);
  }

  down(runner: QueryRunner): Promise<void> {
    return replaceIndex(runner, BY_CHANNEL, OF_ALL);
  }
}

/** The new one first: MariaDB's foreign key needs one of the two. Goes on where it was cut off. */
async function replaceIndex(runner: QueryRunner, old: TableIndex, fresh: TableIndex) {
  const table = await runner.getTable('conversation');
  const names = new Set(table?.indices.map(({ name }) => name));
  if (!names.has(fresh.name)) {
    await runner.createIndex('conversation', fresh.clone());
  }
  if (names.has(old.name)) {
    await runner.dropIndex('conversation', old.name ?? '');
  }
}
