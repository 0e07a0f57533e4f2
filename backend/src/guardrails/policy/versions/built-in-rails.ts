import { Injectable } from '@nestjs/common';
import { POLICY_PATHS, type PolicyFiles } from '../files/policy-files.rules.js';
import { BUILT_IN_FOLDER, readPolicyFolder } from '../files/policy-folder.js';

/** The rails that come with Prosa. */
@Injectable()
export class BuiltInRails {
  private read: Promise<PolicyFiles> | undefined;

  /** All of its files. @throws {Error} where Prosa is not whole. */
  files(): Promise<PolicyFiles> {
    this.read ??= readBuiltIn();
    return this.read;
  }
}

async function readBuiltIn(): Promise<PolicyFiles> {
  const { files } = await readPolicyFolder(BUILT_IN_FOLDER);
  const missing = POLICY_PATHS.filter((path) => files[path] === undefined);
  if (missing.length > 0) {
    const named = missing.join(', ');
    throw new Error(`Prosa's own rails are not whole (${BUILT_IN_FOLDER}): ${named}`);
  }
  return files;
}
