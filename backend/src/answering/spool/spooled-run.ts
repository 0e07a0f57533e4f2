import type { CallOutcome } from '../../usage/model-call.js';
import type { Standing } from '../live-run.js';
import type { Settlement } from '../runs.repository.js';
import type { ShownText } from './spool.rules.js';

/** Whose text a file of the spool holds. */
export interface SpoolOwner {
  readonly runId: string;
  readonly postId: number;
  /** The process that answered it. */
  readonly owner: string;
}

/** Text of a run, and what it stands on where no checkpoint holds that. */
export interface SpooledText extends ShownText {
  readonly standing?: Standing | undefined;
}

/** A call to a model and how it ended, as the ledger will have it. */
export interface ClosedCall {
  readonly usageId: number;
  readonly outcome: CallOutcome;
}

/** The end of a run, with its whole body. */
export interface SpooledEnd {
  readonly settlement: Settlement;
  readonly calls: readonly ClosedCall[];
}

/** What a file of the spool holds. */
export interface SpooledRun {
  readonly of: SpoolOwner;
  /** Undefined where only the end was kept. */
  readonly text: SpooledText | undefined;
  readonly end: SpooledEnd | undefined;
}

/** A line of a file: the first says whose it is, the others what was kept, in the order it came. */
export type SpoolRecord =
  { readonly of: SpoolOwner } | { readonly text: SpooledText } | { readonly end: SpooledEnd };

/** JSON, a record a line. */
export const toLine = (record: SpoolRecord): string => `${JSON.stringify(record)}\n`;

/**
 * Reads a file of the spool. A last line that was cut off by the end of the process is left out.
 * @returns undefined where not even the first line is whole.
 */
export function fromLines(content: string): SpooledRun | undefined {
  let spooled: SpooledRun | undefined;
  // What follows the last line break was not written to its end.
  for (const line of content.split('\n').slice(0, -1)) {
    const record = parsed(line);
    if (!record) break;
    if ('of' in record) {
      spooled = { of: record.of, text: undefined, end: undefined };
    } else if (!spooled) {
      break;
    } else if ('end' in record) {
      spooled = { ...spooled, end: record.end };
    } else {
      const text = joined(spooled.text, record.text);
      if (!text) break;
      spooled = { ...spooled, text };
    }
  }
  return spooled;
}

function parsed(line: string): SpoolRecord | undefined {
  try {
    return JSON.parse(line) as SpoolRecord;
  } catch {
    return undefined; // Two writes that a full disk has torn.
  }
}

/** @returns undefined where there is a hole between the two. */
function joined(before: SpooledText | undefined, next: SpooledText): SpooledText | undefined {
  if (!before) {
    return next;
  }
  if (before.start + before.text.length !== next.start) {
    return undefined;
  }
  return { ...before, text: before.text + next.text, standing: next.standing ?? before.standing };
}
