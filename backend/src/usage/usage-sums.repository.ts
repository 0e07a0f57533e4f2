import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type Engine, engineOf, type UsageGrain } from '#db';
import { DataSource } from 'typeorm';
import type { Dimension, UsageFilter, UsageQuestion, UsageRow } from './usage-question.js';
import { daySql, SECONDS_SQL, SUMS_OF_CALLS, SUMS_OF_SUMS } from './usage-sql.js';

const DAY = 'local_day';
const COLUMNS: Readonly<Record<Dimension, readonly string[]>> = {
  day: [DAY],
  person: ['user_id', 'username'],
  model: ['model'],
  provider: ['provider'],
  purpose: ['purpose'],
  door: ['door'],
};
const FILTERS: Readonly<Record<keyof UsageFilter, string>> = {
  userId: 'user_id',
  model: 'model',
  provider: 'provider',
  purpose: 'purpose',
  door: 'door',
};
const HOUR_MS = 3_600_000;

type Row = Readonly<Record<string, string | number>>;
type Values = Readonly<Record<string, unknown>>;

/** Calls or hours to be summed up. */
interface Part {
  readonly table: string;
  readonly day: string;
  readonly sums: string;
  readonly conditions: readonly string[];
}

/** Sums the ledger up: by its hours where those are whole, by its calls where they are not. */
@Injectable()
export class UsageSumsRepository {
  private readonly engine: Engine;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {
    this.engine = engineOf(dataSource);
  }

  /**
   * What the closed calls of a time come to, exactly, however many of them are in `usage_hours`.
   * One statement, so that none is seen twice or not at all while calls are being folded.
   */
  async sum(question: UsageQuestion): Promise<UsageRow[]> {
    const edges = edgesOf(question);
    const parts = [
      this.ofHours(question, edges),
      this.ofCalls(question, 'folded = :no'),
      ...(edges.length > 0 ? [this.ofCalls(question, `folded = :yes AND ${among(edges)}`)] : []),
    ];
    const keys = keysOf(question);
    const sql = `SELECT ${[...keys, SUMS_OF_SUMS].join(', ')}
      FROM (${parts.map((part) => selectOf(part, question)).join(' UNION ALL ')}) parts
      GROUP BY ${keys.join(', ')}`;
    const [native, values] = this.dataSource.driver.escapeQueryWithParameters(
      sql,
      valuesOf(question, edges),
    );
    return (await this.dataSource.query<Row[]>(native, values)).map(toRow);
  }

  /** Whole hours. */
  private ofHours({ clock }: UsageQuestion, edges: readonly number[]): Part {
    return {
      table: 'usage_hours',
      day: daySql(this.engine, 'hour * 3600', clock),
      sums: SUMS_OF_SUMS,
      conditions: [
        'grain = :grain AND hour >= :firstHour AND hour < :endHour',
        ...(edges.length > 0 ? ['hour NOT IN (:...edges)'] : []),
      ],
    };
  }

  /** Calls that are in no hour yet, or in one that is not asked for as a whole. */
  private ofCalls({ clock }: UsageQuestion, condition: string): Part {
    return {
      table: this.dataSource.driver.escape('usage'),
      day: daySql(this.engine, SECONDS_SQL[this.engine], clock),
      sums: SUMS_OF_CALLS,
      conditions: [
        condition,
        'opened_at >= :from AND opened_at < :until AND closed_at IS NOT NULL',
      ],
    };
  }
}

/** Hours of which a part is asked for, or in which a day ends: some calls belong to it, some do not. */
function edgesOf({ by, from, until, midnights }: UsageQuestion): number[] {
  const ends = [from, until, ...(by.has('day') ? midnights : [])];
  const cut = ends.filter((time) => time.getTime() % HOUR_MS !== 0);
  return [...new Set(cut.map((time) => Math.floor(time.getTime() / HOUR_MS)))];
}

/** The hours of the fewest rows that tell all that is asked for. */
function grainOf(question: UsageQuestion): UsageGrain {
  const { by, filter } = question;
  const filters = filtersOf(question);
  const needsPerson = by.has('person') || filter.userId !== undefined;
  if (!needsPerson) return 'model';
  const isPersonOnly =
    [...by].every((name) => name === 'day' || name === 'person') &&
    filters.every((name) => name === 'userId');
  return isPersonOnly ? 'person' : 'all';
}

const among = (edges: readonly number[]): string =>
  `(${edges.map((_, at) => `(opened_at >= :begin${String(at)} AND opened_at < :end${String(at)})`).join(' OR ')})`;

const keysOf = ({ by }: UsageQuestion): string[] => [...by].flatMap((name) => COLUMNS[name]);

function selectOf({ table, day, sums, conditions }: Part, question: UsageQuestion): string {
  const keys = keysOf(question);
  const selected = keys.map((key) => (key === DAY ? `${day} AS ${DAY}` : key));
  const wanted = filtersOf(question).map((name) => `${FILTERS[name]} = :${name}`);
  return `SELECT ${[...selected, sums].join(', ')} FROM ${table}
    WHERE ${[...conditions, ...wanted].join(' AND ')} GROUP BY ${keys.join(', ')}`;
}

const filtersOf = ({ filter }: UsageQuestion) =>
  (Object.keys(FILTERS) as (keyof UsageFilter)[]).filter((name) => filter[name] !== undefined);

function valuesOf(question: UsageQuestion, edges: readonly number[]): Values {
  const { filter, from, until } = question;
  const wanted = filtersOf(question).map((name) => [name, filter[name]]);
  const begins = edges.map((hour, at) => [`begin${String(at)}`, new Date(hour * HOUR_MS)]);
  const ends = edges.map((hour, at) => [`end${String(at)}`, new Date((hour + 1) * HOUR_MS)]);
  return {
    ...{ from, until, yes: true, no: false, edges, grain: grainOf(question) },
    firstHour: Math.ceil(from.getTime() / HOUR_MS),
    endHour: Math.floor(until.getTime() / HOUR_MS),
    ...(Object.fromEntries([...wanted, ...begins, ...ends]) as Values),
  };
}

function toRow(row: Row): UsageRow {
  const number = (name: string) => Number(row[name]);
  const text = (name: string, as: string) => (name in row ? { [as]: String(row[name]) } : {});
  return {
    ...(DAY in row ? { day: number(DAY) } : {}),
    ...('user_id' in row ? { userId: number('user_id') } : {}),
    ...text('username', 'username'),
    ...text('model', 'model'),
    ...text('provider', 'provider'),
    ...text('purpose', 'purpose'),
    ...text('door', 'door'),
    calls: number('calls'),
    promptTokens: number('prompt_tokens'),
    cachedTokens: number('cached_tokens'),
    completionTokens: number('completion_tokens'),
    estimatedCalls: number('estimated_calls'),
    costNanoUsd: number('cost_nano_usd'),
    unpricedCalls: number('unpriced_calls'),
  };
}
