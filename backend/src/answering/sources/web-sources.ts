import { Inject, Injectable, Optional } from '@nestjs/common';
import { type WebOutcome, type WebQuery, WebSearch } from '../../web-search/web-search.js';

/** The web as far as answers look there. */
@Injectable()
export class WebSources {
  constructor(@Optional() @Inject(WebSearch) private readonly web: WebSearch | null) {}

  get on(): boolean {
    return this.web?.on === true;
  }

  search(query: WebQuery): Promise<WebOutcome> {
    return this.web?.search(query) ?? Promise.resolve({ status: 'off' });
  }
}
