import { Injectable, Logger } from '@nestjs/common';
import type { RailStage } from '#db';
import { RAIL_STAGES } from '#db';
import type { Caller } from '../../platform/caller.js';
import { decodeCursor, encodeCursor } from '../../platform/cursor.rules.js';
import { DomainError } from '../../platform/domain-error.js';
import type { Language } from '../../platform/language.rules.js';
import { type Page, toPage } from '../../platform/page.schema.js';
import { type Compiled, compilePolicy, type Rules } from './files/compile-policy.js';
import {
  completed,
  listed,
  type PolicyFile,
  type PolicyFiles,
} from './files/policy-files.rules.js';
import { type PolicyProblem, toldIn } from './files/problem.js';
import type { MissingPart } from '../judged/judged-rail.js';
import { JudgedRails } from '../judged/judged-rails.js';
import { JUDGED_RAILS } from './policy.js';
import { type UnusableRail, unusableIn } from './unusable-rails.rules.js';
import type { CheckBody, ListPoliciesQuery, NewPolicyBody } from './policies.schema.js';
import { BuiltInRails } from './versions/built-in-rails.js';
import {
  PoliciesRepository,
  type PolicyRow,
  type PublicationRow,
} from './versions/policies.repository.js';
import { PolicyKeeper } from './versions/policy-keeper.js';
import { PolicyShelf } from './versions/policy-shelf.js';

/** A version, and whether it is in force. */
export interface Version extends PolicyRow {
  readonly active: boolean;
}

/** What is in force. */
export interface InForce {
  readonly policy: PolicyRow;
  readonly publication: PublicationRow;
  readonly rules: Rules['local']['counts'];
  readonly judged: readonly {
    readonly rail: string;
    readonly stage: RailStage;
    readonly required: boolean;
    /** Why it judges nothing; null: it does. */
    readonly missing: MissingPart | null;
  }[];
}

/** Versions of the rails, as administrators see, write and publish them. */
@Injectable()
export class PoliciesService {
  private readonly logger = new Logger(PoliciesService.name);

  constructor(
    private readonly policies: PoliciesRepository,
    private readonly shelf: PolicyShelf,
    private readonly builtIn: BuiltInRails,
    private readonly keeper: PolicyKeeper,
    private readonly judges: JudgedRails,
  ) {}

  /** What is in force on this process. */
  async inForce(): Promise<InForce> {
    const { current } = this.keeper;
    const publications = await this.policies.findPublications();
    const publication = publications.find(({ policyId }) => policyId === current.id);
    const policy = await this.require(current.id);
    return {
      policy,
      publication: publication ?? {
        ...{ id: 0, policyId: policy.id, publishedBy: null, publishedAt: policy.createdAt },
      },
      rules: current.local.counts,
      judged: judgedIn(current).map((one) => ({
        ...one,
        missing: this.judges.needs(one.rail) ?? null,
      })),
    };
  }

  /** Newest first. @throws {DomainError} REQUEST.INVALID for a cursor that is not ours. */
  async list({ cursor, limit }: ListPoliciesQuery): Promise<Page<Version>> {
    const before = cursor === undefined ? undefined : decodeCursor(cursor, ['']);
    const rows = await this.policies.findPage(before?.id, limit);
    return toPage(rows.map(this.toVersion), limit, ({ id, createdAt }) =>
      encodeCursor({ part: '', time: createdAt, id }),
    );
  }

  /** @throws {DomainError} GUARDRAIL.POLICY_NOT_FOUND */
  async get(id: number): Promise<Version & { files: PolicyFile[] }> {
    const version = this.toVersion(await this.require(id));
    return { ...version, files: listed((await this.policies.findFiles(id)) ?? {}) };
  }

  /**
   * Stores a draft. The same files as those of a version are that version.
   * @throws {DomainError} GUARDRAIL.POLICY_INVALID
   */
  async create(caller: Caller, body: NewPolicyBody, language: Language): Promise<Version> {
    const { problems, files } = await this.compile(body.files);
    if (problems.length > 0) throw invalid(problems, language);
    const { id, isNew } = await this.policies.store({
      ...{ source: 'administrator', files, note: body.note, createdBy: caller.username },
    });
    if (isNew) this.logger.log({ userId: caller.id, policyId: id }, 'a policy was written');
    return this.toVersion(await this.require(id));
  }

  /**
   * Puts a version in force: on this process at once, on the others within two seconds.
   * @throws {DomainError} GUARDRAIL.POLICY_NOT_FOUND, GUARDRAIL.POLICY_INVALID
   */
  async publish(caller: Caller, id: number, language: Language): Promise<Version> {
    const { problems } = await this.compiled(id);
    if (problems.length > 0) throw invalid(problems, language);
    if (!(await this.policies.publish(id, caller.username))) {
      throw new DomainError('GUARDRAIL.POLICY_NOT_FOUND');
    }
    await this.keeper.follow();
    this.logger.log({ userId: caller.id, policyId: id }, 'a policy was published');
    return this.toVersion(await this.require(id));
  }

  /** @throws {DomainError} GUARDRAIL.POLICY_NOT_FOUND, GUARDRAIL.POLICY_PUBLISHED */
  async remove(caller: Caller, id: number): Promise<void> {
    const outcome = await this.policies.remove(id);
    if (outcome === 'missing') throw new DomainError('GUARDRAIL.POLICY_NOT_FOUND');
    if (outcome === 'published') throw new DomainError('GUARDRAIL.POLICY_PUBLISHED');
    this.logger.log({ userId: caller.id, policyId: id }, 'a policy was deleted');
  }

  /** What is wrong with files as they stand in the editor; those that are missing are Prosa's own. */
  async compile(given: CheckBody['files']): Promise<Compiled & { files: PolicyFiles }> {
    const files = completed(
      Object.fromEntries(given.map(({ path, text }) => [path, text])),
      await this.builtIn.files(),
    );
    return { ...(await compilePolicy(files)), files };
  }

  /** Rails that a policy has switched on and that nobody has set up here. */
  unusable(rules: Pick<Rules, 'judged'>): readonly UnusableRail[] {
    return unusableIn(rules, (rail) => this.judges.needs(rail));
  }

  /** A stored version. @throws {DomainError} GUARDRAIL.POLICY_NOT_FOUND */
  async compiled(id: number): Promise<Compiled> {
    const compiled = await this.shelf.get(id);
    if (!compiled) throw new DomainError('GUARDRAIL.POLICY_NOT_FOUND');
    return compiled;
  }

  /**
   * The rules to be looked at: of files, of a stored version, or those in force.
   * @throws {DomainError} GUARDRAIL.POLICY_NOT_FOUND, GUARDRAIL.POLICY_INVALID
   */
  async rulesOf(
    { policyId, files }: { policyId?: number | undefined; files?: CheckBody['files'] | undefined },
    language: Language,
  ): Promise<Pick<Rules, 'local' | 'action' | 'text' | 'judged'>> {
    if (policyId === undefined && files === undefined) return this.keeper.current;
    const { rules, problems } =
      files === undefined ? await this.compiled(policyId ?? 0) : await this.compile(files);
    if (!rules) throw invalid(problems, language);
    return rules;
  }

  /** The one in force on this process. */
  get currentId(): number {
    return this.keeper.current.id;
  }

  /** All files of a stored version, or of files as they stand in the editor. */
  async filesOf({
    policyId,
    files = [],
  }: {
    policyId?: number | undefined;
    files?: CheckBody['files'] | undefined;
  }): Promise<PolicyFiles> {
    const stored = policyId === undefined ? undefined : await this.policies.findFiles(policyId);
    const given = Object.fromEntries(files.map(({ path, text }) => [path, text]));
    return stored ?? completed(given, await this.builtIn.files());
  }

  private readonly toVersion = (row: PolicyRow): Version => ({
    ...row,
    active: row.id === this.keeper.current.id,
  });

  private async require(id: number): Promise<PolicyRow> {
    const policy = await this.policies.findPolicy(id);
    if (!policy) throw new DomainError('GUARDRAIL.POLICY_NOT_FOUND');
    return policy;
  }
}

const invalid = (problems: readonly PolicyProblem[], language: Language): DomainError =>
  new DomainError('GUARDRAIL.POLICY_INVALID', { problems: problems.map(toldIn(language)) });

/** Anybody's door and role: exceptions are told in the file. */
const ANYBODY = { role: 'member', door: 'web' };

const judgedIn = (rules: Pick<Rules, 'judged'>) =>
  RAIL_STAGES.flatMap((stage) =>
    rules.judged(stage, ANYBODY).map(({ rail, required }) => ({ rail, stage, required })),
  ).sort((a, b) => JUDGED_RAILS.indexOf(a.rail) - JUDGED_RAILS.indexOf(b.rail));
