import { inject, Service } from '@angular/core';
import { ApiCalls } from './api-calls';
import { listNotices } from './generated/fn/health/list-notices';
import type { NoticeList } from './generated/models/notice-list';

/** What an administrator should know of how Prosa is set up, in the language of the screens. */
export type ServerNotice = NoticeList['items'][number];

/** `/api/notices`, for administrators. Every promise rejects with ApiFailure. */
@Service()
export class NoticesApi {
  private readonly api = inject(ApiCalls);

  async list(): Promise<readonly ServerNotice[]> {
    return (await this.api.call(listNotices, undefined)).items;
  }
}
