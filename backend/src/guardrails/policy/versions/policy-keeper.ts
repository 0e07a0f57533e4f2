import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { PolicyProblem } from '../files/problem.js';
import { type Policy, PolicyInForce } from '../policy.js';
import { BuiltInRails } from './built-in-rails.js';
import { PoliciesRepository, type PublicationRow } from './policies.repository.js';
import { PolicyShelf } from './policy-shelf.js';
import { RailsFolder } from './rails-folder.js';

/** Between two looks for another policy. */
const INTERVAL_MS = 2000;

/** A published version that this Prosa cannot read. */
export interface Unreadable {
  readonly id: number;
  readonly problems: readonly PolicyProblem[];
}

/** Has the policy in force at hand, and follows what any process or the folder puts in force. */
@Injectable()
export class PolicyKeeper extends PolicyInForce implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(PolicyKeeper.name);
  private inForce: Policy | undefined;
  private publication: PublicationRow | undefined;
  private notRead: Unreadable | undefined;
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();
  private readonly listeners: ((policy: Policy) => void)[] = [];

  constructor(
    private readonly policies: PoliciesRepository,
    private readonly shelf: PolicyShelf,
    private readonly builtIn: BuiltInRails,
    private readonly folder: RailsFolder,
  ) {
    super();
  }

  get current(): Policy {
    if (!this.inForce) throw new Error('No policy is in force before the start has ended');
    return this.inForce;
  }

  /** The published version that could not be made ready, where the one before it stays in force. */
  get unreadable(): Unreadable | undefined {
    return this.notRead;
  }

  /** No request is answered before a policy is in force. */
  async onModuleInit(): Promise<void> {
    const builtInId = await this.importBuiltIn();
    await this.folder.begin();
    await this.loadLastReadable(builtInId);
    let busy = false;
    this.timer = setInterval(() => {
      if (busy) return;
      busy = true;
      void this.look().finally(() => (busy = false));
    }, INTERVAL_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.working;
  }

  /** Tells of the policy in force, now and whenever another takes its place here. */
  whenInForce(listener: (policy: Policy) => void): void {
    this.listeners.push(listener);
    listener(this.current);
  }

  /** Looks at the folder and at the database, as is done every two seconds. Never rejects. */
  async look(): Promise<void> {
    try {
      await this.folder.look();
      await this.follow();
    } catch (error) {
      this.logger.warn({ err: error }, 'whether other rails are in force is not known');
    }
  }

  /** Takes over what was put in force since; waits until it is. */
  follow(): Promise<void> {
    const followed = this.working.then(() => this.followNow());
    this.working = followed.catch(() => undefined);
    return followed;
  }

  /**
   * A new Prosa brings new rails. They are put in force only in place of its own: who chose others
   * finds the new ones among the versions.
   */
  private async importBuiltIn(): Promise<number> {
    const files = await this.builtIn.files();
    const { id, isNew } = await this.policies.store({
      source: 'built-in',
      files,
      note: '',
      createdBy: null,
    });
    const inForce = await this.policies.findInForce();
    const replaced = inForce && (await this.policies.findPolicy(inForce.policyId));
    if (!inForce || (isNew && replaced?.source === 'built-in' && this.folder.name === null)) {
      await this.policies.publishUnlessLast(id);
    }
    return id;
  }

  /** At the start: the last that this Prosa can read, and where it can read none, its own. */
  private async loadLastReadable(builtInId: number): Promise<void> {
    const publications = await this.policies.findPublications();
    this.publication = publications[0];
    for (const id of [...publications.map(({ policyId }) => policyId), builtInId]) {
      const problems = await this.load(id);
      if (!problems) return;
      this.notRead ??= { id, problems };
    }
    throw new Error("Prosa's own guardrail policy cannot be read");
  }

  private async followNow(): Promise<void> {
    const newest = await this.policies.findInForce();
    if (!newest || newest.id === this.publication?.id) return;
    const problems = await this.load(newest.policyId);
    this.notRead = problems && { id: newest.policyId, problems };
    this.publication = newest; // Also of one that cannot be read: it is not tried every two seconds.
  }

  /** Puts a version in force here. @returns what keeps it from being read; undefined: nothing. */
  private async load(id: number): Promise<readonly PolicyProblem[] | undefined> {
    const compiled = await this.shelf.get(id);
    if (compiled?.rules) {
      const policy = { ...compiled.rules, id };
      this.inForce = policy;
      for (const listener of this.listeners) listener(policy);
      return undefined;
    }
    this.logger.error({ policyId: id }, 'the rails put in force cannot be read; others stay');
    return compiled?.problems ?? [];
  }
}
