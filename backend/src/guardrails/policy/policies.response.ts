import type { Language } from '../../platform/language.rules.js';
import { missingIn, type PolicyFile } from './files/policy-files.rules.js';
import { toldIn } from './files/problem.js';
import type { InForce, Version } from './policies.service.js';
import type { PolicyView, PolicyWithFiles, StatusView } from './policies.schema.js';
import type { RailsFolder } from './versions/rails-folder.js';

/** A version, as the API has it. */
export const toPolicy = (version: Version): PolicyView => ({
  id: version.id,
  source: version.source,
  note: version.note,
  createdBy: version.createdBy,
  createdAt: version.createdAt.toISOString(),
  publishedAt: version.publishedAt?.toISOString() ?? null,
  active: version.active,
});

/** A version with the texts of its files. */
export const toPolicyWithFiles = (
  version: Version & { readonly files: PolicyFile[] },
): PolicyWithFiles => ({
  ...toPolicy(version),
  files: version.files,
  builtIn: missingIn(version.files),
});

/** What is in force, as the API has it. */
export const toStatus = (
  { policy, publication, rules, judged }: InForce,
  folder: Pick<RailsFolder, 'name' | 'problems'>,
  language: Language,
): StatusView => ({
  active: {
    id: policy.id,
    source: policy.source,
    note: policy.note,
    publishedAt: publication.publishedAt.toISOString(),
    publishedBy: publication.publishedBy,
  },
  folder: folder.name,
  folderProblems: folder.problems.map(toldIn(language)),
  rules: { ...rules },
  judged: [...judged],
});
