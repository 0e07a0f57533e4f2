import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Neighbours } from '../answering/neighbours.js';
import { JudgedRails } from '../guardrails/judged/judged-rails.js';
import { unusableIn } from '../guardrails/policy/unusable-rails.rules.js';
import { PolicyKeeper } from '../guardrails/policy/versions/policy-keeper.js';
import { RailsFolder } from '../guardrails/policy/versions/rails-folder.js';
import { OpenSearchService } from '../knowledge/opensearch/opensearch.service.js';
import { AdminOnly, CallerLanguage } from '../platform/caller.js';
import type { Language } from '../platform/language.rules.js';
import { type NoticeList, noticeListSchema } from './health.schema.js';
import { noticesOf, noticeWords } from './notices.rules.js';

/** What administrators should know of how Prosa is set up, while it is so. */
@ApiTags('health')
@ApiBearerAuth()
@Controller('api/notices')
export class NoticesController {
  constructor(
    private readonly neighbours: Neighbours,
    private readonly openSearch: OpenSearchService,
    private readonly railsFolder: RailsFolder,
    private readonly policy: PolicyKeeper,
    private readonly judges: JudgedRails,
  ) {}

  @Get()
  @AdminOnly()
  @ApiOkResponse({ standardSchema: noticeListSchema })
  listNotices(@CallerLanguage() language: Language): NoticeList {
    const standing = {
      ...this.neighbours.company(),
      openSearch: this.openSearch.problem,
      railsFolder: this.railsFolder.problems,
      policy: this.policy.unreadable,
      lacksEmbeddings:
        unusableIn(this.policy.current, (rail) => this.judges.needs(rail)).length > 0,
    };
    const items = noticesOf(standing).map((code) => ({
      code,
      message: noticeWords(code, standing, language),
    }));
    return { items };
  }
}
