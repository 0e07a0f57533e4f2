import type { ApiDescription } from './api-description.js';
import { type Scenery, toWire, validDraft, type WireRequest } from './draft.js';
import { anyMutation } from './mutations.js';
import { Random } from './random.js';
import { faultsOf } from './verdict.js';
import { exchange } from './wire-client.js';

/** Requests that are under way at once. */
const AT_ONCE = 8;

/** After so many requests, what was deleted is replaced and the witness is asked. */
const ROUND = 250;

/** Most ways in which one request is spoilt. */
const MOST_MUTATIONS = 3;

/** A fault, and the request by which it can be had again. */
export interface Finding {
  /** The request's number: with the seed, all that is needed to make it again. */
  readonly number: number;
  readonly operation: string;
  readonly fault: string;
  /** The mutations without which the fault does not show. */
  readonly mutations: readonly string[];
  readonly request: Buffer;
  /** How often it was seen in this run. */
  times: number;
}

/** Where requests go and what is known there. */
export interface Target {
  readonly port: number;
  readonly api: ApiDescription;
  readonly scenery: Scenery;
  /** Done after each round. @throws {Error} when something is wrong that no answer tells. */
  readonly between: () => Promise<void>;
}

export interface Limits {
  readonly seed: number;
  /** Ends after this time, whatever the number. */
  readonly seconds: number;
  /** The first request's number. */
  readonly from: number;
  /** How many requests, at most. */
  readonly requests: number;
}

export interface CampaignResult {
  readonly requests: number;
  readonly findings: readonly Finding[];
  /** How many answers had each status; 0 stands for none. */
  readonly statuses: Readonly<Record<number, number>>;
  readonly slowestMs: number;
}

/**
 * Makes request `number` of a seed: a valid one for the operation whose turn it is, spoilt.
 * @param without mutations to leave out, by their place: the others stay as they are.
 */
export function requestOf(
  seed: number,
  number: number,
  { api, scenery }: Pick<Target, 'api' | 'scenery'>,
  without: ReadonlySet<number> = new Set(),
): {
  readonly request: WireRequest;
  readonly mutations: readonly string[];
  readonly operation: string;
} {
  const operation = api.operations[number % api.operations.length];
  if (!operation) {
    throw new Error('the document has no operations');
  }
  const draft = validDraft(new Random(seed, number), operation, api);
  const count = new Random(seed, number, 1).int(0, MOST_MUTATIONS);
  const mutations: string[] = [];
  for (let place = 0; place < count; place += 1) {
    const random = new Random(seed, number, 2, place);
    if (!without.has(place)) {
      const mutation = anyMutation(draft, random);
      mutation.apply(draft, random);
      mutations.push(mutation.name);
    }
  }
  const request = toWire(draft, new Random(seed, number, 3), scenery);
  return { request, mutations, operation: operation.name };
}

/** Sends requests until a limit is reached. */
export async function runCampaign(target: Target, limits: Limits): Promise<CampaignResult> {
  const campaign = new Campaign(target, limits);
  return campaign.run();
}

class Campaign {
  private readonly findings = new Map<string, Finding>();
  private readonly statuses: Record<number, number> = {};
  private slowestMs = 0;
  private sent = 0;

  private readonly target: Target;
  private readonly limits: Limits;

  constructor(target: Target, limits: Limits) {
    this.target = target;
    this.limits = limits;
  }

  async run(): Promise<CampaignResult> {
    const { from, requests, seconds } = this.limits;
    const end = performance.now() + seconds * 1000;
    while (this.sent < requests && performance.now() < end) {
      const until = Math.min(this.sent + ROUND, requests);
      const worker = async () => {
        while (this.sent < until && performance.now() < end) {
          this.sent += 1;
          await this.send(from + this.sent - 1);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      await this.target.between();
    }
    return {
      requests: this.sent,
      findings: [...this.findings.values()],
      statuses: this.statuses,
      slowestMs: this.slowestMs,
    };
  }

  private async send(number: number): Promise<void> {
    const { faults, operation, status, ms } = await this.attempt(number);
    this.statuses[status] = (this.statuses[status] ?? 0) + 1;
    this.slowestMs = Math.max(this.slowestMs, ms);
    for (const fault of faults) {
      const key = `${operation}: ${fault}`;
      const known = this.findings.get(key);
      if (known) {
        known.times += 1;
      } else {
        this.findings.set(key, await this.smallest(number, operation, fault));
      }
    }
  }

  private async attempt(number: number, without?: ReadonlySet<number>) {
    const { port, api } = this.target;
    const made = requestOf(this.limits.seed, number, this.target, without);
    const answer = await exchange(port, made.request.bytes, made.request.whole);
    const faults = answer === 'cut' ? [] : faultsOf(made.request, answer, api);
    const { status, ms } = typeof answer === 'object' ? answer : { status: 0, ms: 0 };
    return { ...made, faults, status, ms };
  }

  /** The finding with as few mutations as still show it. */
  private async smallest(number: number, operation: string, fault: string): Promise<Finding> {
    let without = new Set<number>();
    let smallest = requestOf(this.limits.seed, number, this.target);
    for (let place = 0; place < MOST_MUTATIONS; place += 1) {
      const fewer = new Set([...without, place]);
      const tried = await this.attempt(number, fewer);
      if (tried.faults.includes(fault)) {
        without = fewer;
        smallest = tried;
      }
    }
    const { mutations, request } = smallest;
    return { number, operation, fault, mutations, request: request.bytes, times: 1 };
  }
}
