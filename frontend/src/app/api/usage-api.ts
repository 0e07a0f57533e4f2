import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import { firstValueFrom, type Observable } from 'rxjs';
import { toApiFailure } from './api-failure';

/** What model calls took, added up. */
export interface UsageFigures {
  readonly calls: number;
  readonly promptTokens: number;
  /** Of the prompt tokens, those the provider had kept and bills for less. */
  readonly cachedTokens: number;
  readonly completionTokens: number;
  /** Calls whose tokens Prosa counted itself. */
  readonly estimatedCalls: number;
  /** Dollars, the sum of the known prices. */
  readonly costUsd: number | null;
  /** Calls that are not in that sum. */
  readonly unpricedCalls: number;
}

/** Usage of one day, person, model…: the fields that were asked for are there. */
export interface UsageRow extends UsageFigures {
  readonly day?: string;
  readonly userId?: number;
  readonly username?: string;
  readonly model?: string;
  readonly provider?: string;
  readonly purpose?: string;
  readonly door?: string;
}

/** One's own usage in a month, by day and model. Days are those of `timeZone`. */
export interface OwnUsage {
  readonly month: string;
  readonly timeZone: string;
  readonly rows: readonly UsageRow[];
  readonly total: UsageFigures;
}

export interface TeamUsage {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly rows: readonly UsageRow[];
  readonly total: UsageFigures;
}

/** Which of everybody's usage: days included; each filter leaves out all but what it names. */
export interface UsageFilter {
  readonly from: string;
  readonly to: string;
  readonly userId?: number;
  readonly model?: string;
  readonly purpose?: string;
  readonly door?: string;
}

export type UsageBy = 'day' | 'person' | 'model' | 'purpose' | 'door' | 'provider';

type Query = Record<string, string | number>;

/** `/api/usage`: one's own, and for administrators everybody's. Every promise rejects with ApiFailure. */
@Service()
export class UsageApi {
  private readonly http = inject(HttpClient);

  /** @param month such as `2026-11`; the one it is in the server's zone when left out */
  mine(month?: string): Promise<OwnUsage> {
    const params: Query = month ? { month } : {};
    return answerOf(this.http.get<OwnUsage>('/api/usage/mine', { params }));
  }

  /** @param by one or two things that rows are told apart by */
  team(filter: UsageFilter, by: readonly UsageBy[]): Promise<TeamUsage> {
    return answerOf(this.http.get<TeamUsage>('/api/usage', { params: queryOf(filter, by) }));
  }

  /** The same as a file for a spreadsheet, as it is: its first bytes say how it is written. */
  csv(filter: UsageFilter, by: readonly UsageBy[]): Promise<Blob> {
    const params = queryOf(filter, by);
    return answerOf(this.http.get('/api/usage/csv', { params, responseType: 'blob' }));
  }
}

const queryOf = (filter: UsageFilter, by: readonly UsageBy[]): Query => ({
  ...Object.fromEntries(
    Object.entries(filter).filter((entry): entry is [string, string | number] => !!entry[1]),
  ),
  by: by.join(','),
});

async function answerOf<T>(call$: Observable<T>): Promise<T> {
  try {
    return await firstValueFrom(call$);
  } catch (thrown) {
    throw toApiFailure(thrown);
  }
}
