import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { type Caller, CallerLanguage, CurrentCaller } from '../../platform/caller.js';
import type { Language } from '../../platform/language.rules.js';
import { Teach } from '../../training/teach.js';
import {
  type NewKnowledge,
  type TaughtKnowledge,
  taughtSchema,
  teachSchema,
} from '../../training/teach.schema.js';

/** New data in; `/ask/question` answers from it as soon as it is read. */
@ApiTags('simple')
@ApiBearerAuth()
@Controller('training')
export class TrainController {
  constructor(private readonly knowledge: Teach) {}

  @Post('train')
  @HttpCode(202)
  @ApiAcceptedResponse({ standardSchema: taughtSchema })
  train(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Body({ schema: teachSchema }) body: NewKnowledge,
  ): Promise<TaughtKnowledge> {
    return this.knowledge.teach(caller, body, language);
  }
}
