import { basename, resolve } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { ENV } from '../../../config/config.module.js';
import type { Env } from '../../../config/env.schema.js';
import { compilePolicy } from '../files/compile-policy.js';
import { completed } from '../files/policy-files.rules.js';
import { folderSignature, readPolicyFolder } from '../files/policy-folder.js';
import type { PolicyProblem } from '../files/problem.js';
import { BuiltInRails } from './built-in-rails.js';
import { PoliciesRepository } from './policies.repository.js';

/** Problems named in the log; the notice to administrators and their page have all. */
const MOST_LOGGED = 5;

/** The operator's folder of rails (`GUARDRAILS_DIR`): what is written there becomes a version. */
@Injectable()
export class RailsFolder {
  private readonly logger = new Logger(RailsFolder.name);
  private readonly folder: string | undefined;
  private seen: string | undefined;
  private read: string | undefined;
  private wrong: readonly PolicyProblem[] = [];

  constructor(
    @Inject(ENV) env: Env,
    private readonly policies: PoliciesRepository,
    private readonly builtIn: BuiltInRails,
  ) {
    this.folder = env.GUARDRAILS_DIR === undefined ? undefined : resolve(env.GUARDRAILS_DIR);
  }

  /** The folder's own name, for administrators; null where none is set. */
  get name(): string | null {
    return this.folder === undefined ? null : basename(this.folder);
  }

  /** Why what stands in the folder is not in force; empty where it could be. */
  get problems(): readonly PolicyProblem[] {
    return this.wrong;
  }

  /**
   * Looks at the folder for the first time, and puts in force what was never put in force from here
   * last. Where it is broken, what is in force stays.
   */
  async begin(): Promise<void> {
    if (this.folder === undefined) return;
    this.seen = await folderSignature(this.folder);
    await this.take(this.folder, this.seen);
  }

  /** Looks whether the folder has changed. What is still being written is left for the next look. */
  async look(): Promise<void> {
    if (this.folder === undefined) return;
    const signature = await folderSignature(this.folder);
    const rests = signature === this.seen;
    this.seen = signature;
    if (rests && signature !== this.read) await this.take(this.folder, signature);
  }

  private async take(folder: string, signature: string): Promise<void> {
    const content = await readPolicyFolder(folder);
    const files = completed(content.files, await this.builtIn.files());
    const { problems } = content.problems.length > 0 ? content : await compilePolicy(files);
    if (problems.length === 0) {
      const note = Object.keys(content.files).join(', ');
      const { id } = await this.policies.store({ source: 'folder', files, note, createdBy: null });
      if (await this.policies.publishUnlessLast(id)) {
        this.logger.log({ policyId: id }, 'the rails in GUARDRAILS_DIR are put in force');
      }
    } else {
      this.complain(problems);
    }
    this.wrong = problems;
    this.read = signature; // Only now: where the database was away, the next look tries again.
  }

  private complain(problems: readonly PolicyProblem[]): void {
    for (const { file, line, column, message } of problems.slice(0, MOST_LOGGED)) {
      const place = `${file}:${String(line)}:${String(column)}`;
      this.logger.error(
        { file, line, column },
        `GUARDRAILS_DIR: ${place} ${message.en}; the rails in force stay`,
      );
    }
  }
}
