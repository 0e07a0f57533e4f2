import { Injectable } from '@nestjs/common';
import { type Compiled, compilePolicy } from '../files/compile-policy.js';
import { completed } from '../files/policy-files.rules.js';
import { BuiltInRails } from './built-in-rails.js';
import { PoliciesRepository } from './policies.repository.js';

/** Made-ready versions that are kept: the one in force, and some that are looked at beside it. */
const MOST_KEPT = 4;

/** Stored versions of the rails, made ready when they are asked for. */
@Injectable()
export class PolicyShelf {
  private readonly kept = new Map<number, Promise<Compiled | undefined>>();

  constructor(
    private readonly policies: PoliciesRepository,
    private readonly builtIn: BuiltInRails,
  ) {}

  /** @returns undefined where there is no such version. */
  get(id: number): Promise<Compiled | undefined> {
    const found = this.kept.get(id) ?? this.compile(id);
    this.kept.delete(id);
    this.kept.set(id, found); // The one asked for last is the last to go.
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
    return found;
  }

  private async compile(id: number): Promise<Compiled | undefined> {
    try {
      const files = await this.policies.findFiles(id);
      // A file that came with a later Prosa is as that one has it.
      return files && (await compilePolicy(completed(files, await this.builtIn.files())));
    } catch (error) {
      this.kept.delete(id);
      throw error;
    }
  }
}
