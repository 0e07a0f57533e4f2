import { inject, Service } from '@angular/core';
import { ApiCalls } from './api-calls';
import { deleteLimit } from './generated/fn/limits/delete-limit';
import { listLimits } from './generated/fn/limits/list-limits';
import { listOwnLimits } from './generated/fn/limits/list-own-limits';
import { putLimit } from './generated/fn/limits/put-limit';
import type { Limit } from './generated/models/limit';
import type { LimitList } from './generated/models/limit-list';
import type { NewLimit } from './generated/models/new-limit';
import type { OwnLimit } from './generated/models/own-limit';
import type { OwnLimits } from './generated/models/own-limits';

/** How much a group of people may use of one thing in one period. Money in dollars. */
export type { Limit, NewLimit };

/** What is left to a person of one limit: their own, or the whole team's. */
export type LimitLeft = OwnLimit;

/** `/api/limits`: an administrator's list, and what is left to oneself. Rejects with ApiFailure. */
@Service()
export class LimitsApi {
  private readonly api = inject(ApiCalls);

  list(): Promise<LimitList> {
    return this.api.call(listLimits, undefined);
  }

  /** Makes the limit, or changes the one for the same people, measure and period. */
  put(limit: NewLimit): Promise<Limit> {
    return this.api.call(putLimit, { body: limit });
  }

  remove(id: number): Promise<void> {
    return this.api.call(deleteLimit, { id });
  }

  mine(): Promise<OwnLimits> {
    return this.api.call(listOwnLimits, undefined);
  }
}
