import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { ApiCalls } from './api-calls';
import { toApiFailure } from './api-failure';
import { readableFailure } from './file-failure';
import { downloadUsage } from './generated/fn/usage/download-usage';
import { readOwnUsage } from './generated/fn/usage/read-own-usage';
import { readUsage, type ReadUsage$Params } from './generated/fn/usage/read-usage';
import type { OwnUsage } from './generated/models/own-usage';
import type { UsageReport } from './generated/models/usage-report';
import type { UsageRow } from './generated/models/usage-row';
import type { UsageTotal } from './generated/models/usage-total';

/** One's own usage in a month, by day and model. Days are those of `timeZone`. */
export type { OwnUsage };

/** Everybody's usage in a range of days. */
export type { UsageReport };

/** Usage of one day, person, model…: the fields that were asked for are there. */
export type { UsageRow };

/** What model calls took, added up; money in dollars. */
export type UsageFigures = UsageTotal;

/** Which of everybody's usage: days included; each filter leaves out all but what it names. */
export type UsageFilter = Readonly<Omit<ReadUsage$Params, 'by' | 'provider'>>;

/** What rows can be told apart by: one or two of them at a time. */
export type UsageBy = 'day' | 'person' | 'model' | 'purpose' | 'door';

/** `/api/usage`: one's own, and for administrators everybody's. Every promise rejects with ApiFailure. */
@Service()
export class UsageApi {
  private readonly api = inject(ApiCalls);
  private readonly http = inject(HttpClient);

  /** @param month such as `2026-11`; null for the one it is in the server's zone */
  mine(month: string | null): Promise<OwnUsage> {
    return this.api.call(readOwnUsage, month === null ? {} : { month });
  }

  report(filter: UsageFilter, by: readonly UsageBy[]): Promise<UsageReport> {
    return this.api.call(readUsage, { ...filter, by: by.join(',') });
  }

  /** The same as a file for a spreadsheet. As it is, not as text: that would lose its first mark. */
  async csv(filter: UsageFilter, by: readonly UsageBy[]): Promise<Blob> {
    const params = { ...filter, by: by.join(',') };
    try {
      return await firstValueFrom(
        this.http.get(downloadUsage.PATH, { params, responseType: 'blob' }),
      );
    } catch (thrown) {
      throw toApiFailure(await readableFailure(thrown));
    }
  }
}
