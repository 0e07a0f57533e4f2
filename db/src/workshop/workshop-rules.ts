import type { QueryRunner } from 'typeorm';

/** A person as the workshop stored them. */
export interface OldPerson {
  readonly id: number;
  readonly username: string | null;
}

/** What the house says of the people and texts of the workshop. */
export interface WorkshopRules {
  /** A username for each person, by id: one that Prosa allows, and each different. */
  readonly assignUsernames: (people: readonly OldPerson[]) => ReadonlyMap<number, string>;
  /** Whether signing in with the old username leads to the same person as before. */
  readonly isSameName: (old: string | null, assigned: string) => boolean;
  /** Why nobody could sign in with what is stored as password; undefined when they can. */
  readonly passwordProblem: (stored: string | null) => string | undefined;
  /** A hash of what is stored; of something nobody knows when there is a problem with it. */
  readonly hashPassword: (stored: string | null) => Promise<string>;
  readonly titleOf: (prompt: string) => string;
}

/** What every step of an upgrade works with. */
export interface Upgrade {
  readonly runner: QueryRunner;
  readonly rules: WorkshopRules;
  /** Tells the operator, a line at a time. */
  readonly say: (line: string) => void;
  /** @throws when this process is no longer the only one that upgrades. */
  readonly requireHeld: () => Promise<void>;
}
