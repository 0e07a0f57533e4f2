import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AdminOnly, type Caller, CallerLanguage, CurrentCaller } from '../../../platform/caller.js';
import type { Language } from '../../../platform/language.rules.js';
import { TakesFile, withSentFile } from '../../../platform/uploads.js';
import { IdPipe } from '../../../platform/validation.js';
import { toldIn } from '../files/problem.js';
import {
  type CheckBody,
  checkBodySchema,
  checkSchema,
  type CheckView,
  type CompareBody,
  compareBodySchema,
  type TryBody,
  tryBodySchema,
  trySchema,
  type TryView,
} from '../policies.schema.js';
import { PoliciesService } from '../policies.service.js';
import { unusableWords } from '../unusable-rails.rules.js';
import { Bench } from './bench.service.js';
import { ReaderGone, streamComparison } from './comparison-stream.js';
import { LARGEST_SET_MB } from './sent-prompts.js';

/** Trying policies out before they are put in force, for administrators. */
@ApiTags('guardrails')
@ApiBearerAuth()
@AdminOnly()
@Controller('api/guardrails')
export class BenchController {
  constructor(
    private readonly policies: PoliciesService,
    private readonly bench: Bench,
  ) {}

  @Post('check')
  @HttpCode(200)
  @ApiOperation({ summary: 'What is wrong with files as they stand, line by line.' })
  @ApiOkResponse({ standardSchema: checkSchema })
  async checkPolicy(
    @CallerLanguage() language: Language,
    @Body({ schema: checkBodySchema }) { files }: CheckBody,
  ): Promise<CheckView> {
    const { problems, rules } = await this.policies.compile(files);
    const unusable = rules ? this.policies.unusable(rules) : [];
    return {
      problems: problems.map(toldIn(language)),
      rules: { ...rules?.local.counts },
      notices: unusable.map((one) => unusableWords(one, language)),
    };
  }

  @Post('try')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: trySchema })
  async tryPolicy(
    @CallerLanguage() language: Language,
    @Body({ schema: tryBodySchema }) body: TryBody,
  ): Promise<TryView> {
    return this.bench.try(body, language);
  }

  @Post('compare')
  @HttpCode(200)
  @ApiOperation({
    summary: 'What would change were a draft in force, as server-sent events.',
    description:
      '`progress` {done, total} · `change` {n, text, expected, current, draft}, 500 at most, each of ' +
      '`current` and `draft` being {action, findings: [{rail, rule, action, start, end}]} · `done` ' +
      '{total, changes, replayed: false, notRun, current, draft}, both being counts {blocked, ' +
      'masked, flagged, answered, passed, wronglyBlocked, missed}; `notRun` names rails that ask ' +
      'somebody. Of replayed traffic no change is told, and `done` is {total, changes, replayed: ' +
      'true, fewestPeople, notRun, current, draft, rules: [{rail, rule, current, draft, prompts}]}, ' +
      'both counts {blocked, masked, flagged, answered}: rounded down to fives, and null (rules: ' +
      'left out) where fewer people are concerned than `fewestPeople`. Each replay is noted: ' +
      '`GET /api/guardrails/replays`.',
  })
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'string' } } } })
  async comparePolicies(
    @CurrentCaller() caller: Caller,
    @CallerLanguage() language: Language,
    @Body({ schema: compareBodySchema }) body: CompareBody,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { signal } = new ReaderGone(reply);
    const events = await this.bench.compare(caller, body, language, signal);
    await streamComparison(reply, events, signal);
  }

  @Post('policies/:id/compare')
  @HttpCode(200)
  @TakesFile()
  @ApiOperation({
    summary: 'The same of a stored version, over a file of prompts.',
    description:
      'JSONL of at most 8 MB and 5,000 prompts: `{"text": "…", "expected"?: "attack" | "benign"}` a ' +
      'line (or `label`). A request of JSON has at most 1 MiB.',
  })
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'string' } } } })
  async compareWithFile(
    @CallerLanguage() language: Language,
    @Param('id', new IdPipe('GUARDRAIL.POLICY_NOT_FOUND')) policyId: number,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { signal } = new ReaderGone(reply);
    // Before the file: a policy that is missing reads as one that never was.
    const policies = await this.bench.both({ policyId }, language);
    const events = await withSentFile(request, LARGEST_SET_MB, ({ bytes }) =>
      this.bench.compareFile(policies, bytes, signal),
    );
    await streamComparison(reply, events, signal);
  }
}
