import { inject, Service } from '@angular/core';
import { ApiCalls, pageQuery } from './api-calls';
import { checkPolicy } from './generated/fn/guardrails/check-policy';
import { createPolicy } from './generated/fn/guardrails/create-policy';
import { deletePolicy } from './generated/fn/guardrails/delete-policy';
import {
  listGuardrailEvents,
  type ListGuardrailEvents$Params,
} from './generated/fn/guardrails/list-guardrail-events';
import { listPolicies } from './generated/fn/guardrails/list-policies';
import { listReplays } from './generated/fn/guardrails/list-replays';
import { publishPolicy } from './generated/fn/guardrails/publish-policy';
import { readGuardrailStatus } from './generated/fn/guardrails/read-guardrail-status';
import { readPolicy } from './generated/fn/guardrails/read-policy';
import { summarizeGuardrailEvents } from './generated/fn/guardrails/summarize-guardrail-events';
import { tryPolicy } from './generated/fn/guardrails/try-policy';
import type { GuardrailCheck } from './generated/models/guardrail-check';
import type { GuardrailEvent } from './generated/models/guardrail-event';
import type { GuardrailEventPage } from './generated/models/guardrail-event-page';
import type { GuardrailPolicy } from './generated/models/guardrail-policy';
import type { GuardrailPolicyPage } from './generated/models/guardrail-policy-page';
import type { GuardrailPolicyWithFiles } from './generated/models/guardrail-policy-with-files';
import type { GuardrailReplay } from './generated/models/guardrail-replay';
import type { GuardrailReplayPage } from './generated/models/guardrail-replay-page';
import type { GuardrailStatus } from './generated/models/guardrail-status';
import type { GuardrailSummary } from './generated/models/guardrail-summary';
import type { GuardrailTrialResult } from './generated/models/guardrail-trial-result';
import type { PolicyFile } from './generated/models/policy-file';
import type { PolicyProblem } from './generated/models/policy-problem';

export type { GuardrailStatus, PolicyFile, PolicyProblem };

/** One version of the rails, without its files. */
export type Policy = GuardrailPolicy;
export type PolicyWithFiles = GuardrailPolicyWithFiles;
/** What is wrong with files, and how many rules they come to. */
export type PolicyCheck = GuardrailCheck;
/** What a policy makes of one text; `notRun`: rails that ask a model or a service, as nobody was asked. */
export type TrialResult = GuardrailTrialResult['results'][number] &
  Pick<GuardrailTrialResult, 'notRun'>;
/** Where a text is on its way. */
export type Stage = GuardrailEvent['stage'];
/** What is done about what a rail found. */
export type RailAction = GuardrailEvent['action'];
/** Something a rail found, or that it failed; never what it found. */
export type RailEvent = GuardrailEvent;
/** How many events a rail had on a day with an action. */
export type RailCount = GuardrailSummary['items'][number];
/** That somebody had the prompts of others judged once more. */
export type Replay = GuardrailReplay;
export type EventFilter = Omit<ListGuardrailEvents$Params, 'cursor' | 'limit'>;

/** A page of versions or of events. */
const PAGE = 50;

/** `/api/guardrails`, for administrators. Every promise rejects with ApiFailure. */
@Service()
export class GuardrailsApi {
  private readonly api = inject(ApiCalls);

  status(): Promise<GuardrailStatus> {
    return this.api.call(readGuardrailStatus, undefined);
  }

  policies(cursor: string | null): Promise<GuardrailPolicyPage> {
    return this.api.call(listPolicies, pageQuery(cursor, PAGE));
  }

  policy(id: number): Promise<PolicyWithFiles> {
    return this.api.call(readPolicy, { id });
  }

  /** Stores files as a draft; the same files as a version that is there give that one. */
  create(files: PolicyFile[], note: string): Promise<Policy> {
    return this.api.call(createPolicy, { body: { files, note } });
  }

  remove(id: number): Promise<void> {
    return this.api.call(deletePolicy, { id });
  }

  /** Puts a version in force, a newer or an older one. */
  publish(id: number): Promise<Policy> {
    return this.api.call(publishPolicy, { id });
  }

  check(files: PolicyFile[]): Promise<PolicyCheck> {
    return this.api.call(checkPolicy, { body: { files } });
  }

  /** What files that need not be stored make of a text. */
  async try(files: PolicyFile[], text: string, stage: Stage): Promise<TrialResult | null> {
    const body = { files, texts: [{ text, stage }] };
    const { results, notRun } = await this.api.call(tryPolicy, { body });
    return results[0] ? { ...results[0], notRun } : null;
  }

  /** Who had the prompts of others judged once more, newest first. */
  replays(cursor: string | null): Promise<GuardrailReplayPage> {
    return this.api.call(listReplays, pageQuery(cursor, PAGE));
  }

  events(filter: EventFilter, cursor: string | null): Promise<GuardrailEventPage> {
    return this.api.call(listGuardrailEvents, { ...filter, ...pageQuery(cursor, PAGE) });
  }

  /** Events of the last days, today included, counted by day, rail and action. */
  async eventCounts(days: number): Promise<readonly RailCount[]> {
    return (await this.api.call(summarizeGuardrailEvents, { days })).items;
  }
}
