import type { PolicyFile } from '../api/guardrails-api';

/** What was written in a policy and not saved: only the files that differ. */
export interface PolicyDraft {
  readonly files: readonly PolicyFile[];
  /** What its writer says of it. */
  readonly note: string;
}

/** Reads a stored draft; anything unreadable is none. */
export function parsePolicyDraft(stored: string | null): PolicyDraft | null {
  if (!stored) return null;
  try {
    const value = JSON.parse(stored) as Partial<PolicyDraft> | null;
    if (!Array.isArray(value?.files) || !value.files.every(isFile)) return null;
    return { files: value.files, note: typeof value.note === 'string' ? value.note : '' };
  } catch {
    return null;
  }
}

/** Files with those of a draft in their places; a file that the version does not have is left out. */
export const withDraft = (
  files: readonly PolicyFile[],
  draft: readonly PolicyFile[],
): readonly PolicyFile[] =>
  files.map((file) => draft.find(({ path }) => path === file.path) ?? file);

/** Which files differ, as they are now. */
export const changedFiles = (
  before: readonly PolicyFile[],
  now: readonly PolicyFile[],
): readonly PolicyFile[] =>
  now.filter(({ path, text }) => before.find((file) => file.path === path)?.text !== text);

const isFile = (value: unknown): value is PolicyFile => {
  const file = value as Partial<PolicyFile> | null;
  return typeof file?.path === 'string' && typeof file.text === 'string';
};
