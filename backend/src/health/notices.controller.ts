import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Neighbours } from '../answering/neighbours.js';
import { AdminOnly, CallerLanguage } from '../platform/caller.js';
import type { Language } from '../platform/language.rules.js';
import { type NoticeList, noticeListSchema } from './health.schema.js';
import { noticesOf, noticeWords } from './notices.rules.js';

/** What administrators should know of how Prosa is set up, while it is so. */
@ApiTags('health')
@ApiBearerAuth()
@Controller('api/notices')
export class NoticesController {
  constructor(private readonly neighbours: Neighbours) {}

  @Get()
  @AdminOnly()
  @ApiOkResponse({ standardSchema: noticeListSchema })
  listNotices(@CallerLanguage() language: Language): NoticeList {
    const company = this.neighbours.company();
    const items = noticesOf(company).map((code) => ({
      code,
      message: noticeWords(code, company, language),
    }));
    return { items };
  }
}
