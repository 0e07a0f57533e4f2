import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import { firstValueFrom, type Observable } from 'rxjs';
import { toApiFailure } from './api-failure';

/** How much a group of people may use of one thing in one period. Money in dollars. */
export interface Limit {
  readonly id: number;
  readonly scope: 'team' | 'everyone' | 'role' | 'person';
  readonly role?: 'administrator' | 'member';
  readonly userId?: number;
  readonly username?: string;
  readonly measure: 'requests' | 'tokens' | 'usd' | 'openRuns';
  /** Null for what is counted at one moment, not over a time. */
  readonly period: 'minute' | 'day' | 'month' | null;
  readonly amount: number;
}

export type NewLimit = Omit<Limit, 'id' | 'username'>;

/** What is left to a person of one limit: their own, or the whole team's. */
export interface LimitLeft extends Pick<Limit, 'measure' | 'period' | 'amount'> {
  readonly scope: 'own' | 'team';
  readonly used: number;
  /** Set aside for answers that are being written. */
  readonly reserved: number;
  readonly left: number;
  readonly resetsAt: string | null;
  readonly near: boolean;
}

/** `/api/limits`: an administrator's list, and what is left to oneself. Rejects with ApiFailure. */
@Service()
export class LimitsApi {
  private readonly http = inject(HttpClient);

  list(): Promise<{ readonly timeZone: string; readonly limits: readonly Limit[] }> {
    return answerOf(this.http.get<{ timeZone: string; limits: Limit[] }>('/api/limits'));
  }

  /** Makes the limit, or changes the one for the same people, measure and period. */
  put(limit: NewLimit): Promise<Limit> {
    return answerOf(this.http.put<Limit>('/api/limits', limit));
  }

  remove(id: number): Promise<void> {
    return answerOf(this.http.delete<undefined>(`/api/limits/${id}`));
  }

  mine(): Promise<{ readonly timeZone: string; readonly limits: readonly LimitLeft[] }> {
    return answerOf(this.http.get<{ timeZone: string; limits: LimitLeft[] }>('/api/limits/mine'));
  }
}

async function answerOf<T>(call$: Observable<T>): Promise<T> {
  try {
    return await firstValueFrom(call$);
  } catch (thrown) {
    throw toApiFailure(thrown);
  }
}
