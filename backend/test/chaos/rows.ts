import type { FuzzEngine } from '../fuzz/databases.ts';
import type { LedgerRow } from '../ledger/compare.rules.ts';
import { type Query, textOrNull, toRow, type Values, withDatabase } from '../ledger/ledger-rows.ts';

/** A run as the database has it. */
export interface RunRow {
  readonly id: string;
  readonly postId: number;
  readonly kind: string;
  readonly key: string | null;
  readonly status: string;
}

/** A post as the database has it. */
export interface PostRow {
  readonly id: number;
  readonly conversationId: number;
  readonly prompt: string;
  readonly body: string;
  readonly status: string;
}

/** A row of the ledger, with what tells which call it stands for. */
export interface UsageRow extends Omit<LedgerRow, 'n'> {
  readonly runId: string;
  readonly postId: number;
  /** Unix milliseconds. */
  readonly openedAt: number;
}

/** What a limit counts. */
export interface CounterRow {
  readonly id: string;
  readonly measure: string;
  readonly used: number;
  readonly reserved: number;
}

/** What the database holds at one moment, read past Prosa in plain SQL. */
export interface Rows {
  readonly posts: readonly PostRow[];
  readonly runs: readonly RunRow[];
  /** The post of each checkpoint. */
  readonly parts: readonly number[];
  readonly conversations: readonly { readonly id: number; readonly leafPostId: number | null }[];
  readonly usage: readonly UsageRow[];
  /** The run of each reservation. */
  readonly reservations: readonly string[];
  readonly counters: readonly CounterRow[];
}

/** All reads of a look are of the same moment. */
const BEGIN: Readonly<Record<FuzzEngine, string>> = {
  sqlite: 'BEGIN',
  mariadb: 'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY',
  postgres: 'BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY',
};

/** `opened_at` in Unix milliseconds: drivers make times of the machine's zone of it. */
const OPENED_AT: Readonly<Record<FuzzEngine, string>> = {
  sqlite: '(julianday(opened_at) - 2440587.5) * 86400000',
  mariadb: "TIMESTAMPDIFF(MICROSECOND, '1970-01-01', opened_at) / 1000",
  postgres: 'EXTRACT(EPOCH FROM opened_at) * 1000',
};

/** @param place see `withDatabase`. */
export function readRows(engine: FuzzEngine, place: string): Promise<Rows> {
  return withDatabase(engine, place, async (query) => {
    await query(BEGIN[engine]);
    return rowsOf(query, engine);
  });
}

async function rowsOf(query: Query, engine: FuzzEngine): Promise<Rows> {
  const usageTable = engine === 'mariadb' ? '`usage`' : '"usage"';
  const posts = await query('SELECT id, conversation_id, prompt, body, status FROM posts');
  const runs = await query('SELECT id, post_id, kind, idempotency_key, status FROM runs');
  const parts = await query('SELECT post_id FROM post_parts');
  const conversations = await query('SELECT id, leaf_post_id FROM conversation');
  const usage = await query(
    `SELECT u.*, ${OPENED_AT[engine]} AS opened_ms FROM ${usageTable} u ORDER BY id`,
  );
  const reservations = await query('SELECT run_id FROM reservations');
  const counters = await query('SELECT id, measure, used, reserved FROM limit_counters');
  return {
    posts: posts.map(toPost),
    runs: runs.map(toRun),
    parts: parts.map(({ post_id }) => Number(post_id)),
    conversations: conversations.map(({ id, leaf_post_id: leaf }) => ({
      id: Number(id),
      leafPostId: leaf === null ? null : Number(leaf),
    })),
    usage: usage.map(toUsage),
    reservations: reservations.map(({ run_id }) => String(run_id)),
    counters: counters.map(({ id, measure, used, reserved }) => ({
      id: String(id),
      measure: String(measure),
      used: Number(used),
      reserved: Number(reserved),
    })),
  };
}

const toPost = (values: Values): PostRow => ({
  id: Number(values['id']),
  conversationId: Number(values['conversation_id']),
  prompt: String(values['prompt']),
  body: String(values['body']),
  status: String(values['status']),
});

const toRun = (values: Values): RunRow => ({
  id: String(values['id']),
  postId: Number(values['post_id']),
  kind: String(values['kind']),
  key: textOrNull(values['idempotency_key']),
  status: String(values['status']),
});

const toUsage = (values: Values): UsageRow => ({
  ...toRow(values),
  runId: String(values['run_id']),
  postId: Number(values['post_id']),
  openedAt: Number(values['opened_ms']),
});
