/** A mark of a chat template in a text. */
export interface MarkSeen {
  readonly start: number;
  readonly end: number;
  /** Whether it opens a turn: at the start of a line, before a role, or beside another mark. */
  readonly opensTurn: boolean;
}

/** Words of a role right behind a mark: `<|im_start|>system`. */
const ROLE = /^\s{0,2}(?:system|user|assistant|sistema|usuario|usuário|assistente|asistente)\b/i;

/** What a mark may follow that opens a turn: a new line or the end of a mark of the same kind. */
const EDGE = /(?:\n|\|>)\s*$/;

/**
 * Marks in a text; each at most twice: where it stands first, and where it first opens a turn. Who
 * writes about templates names marks within a sentence. Linear.
 * @param marks in lower case.
 */
export function marksIn(text: string, marks: readonly string[]): MarkSeen[] {
  const plain = text.toLowerCase();
  // Lower case may be longer ("İ"): places would be wrong.
  if (plain.length !== text.length) return [];
  return marks.flatMap((mark) => seenOf(mark, plain));
}

function seenOf(mark: string, plain: string): MarkSeen[] {
  const seen: MarkSeen[] = [];
  for (let start = plain.indexOf(mark); start >= 0; start = plain.indexOf(mark, start + 1)) {
    const end = start + mark.length;
    const opensTurn = opens(plain, start, end);
    if (opensTurn || seen.length === 0) seen.push({ start, end, opensTurn });
    if (opensTurn) break;
  }
  return seen;
}

function opens(plain: string, start: number, end: number): boolean {
  const before = plain.slice(Math.max(0, start - 4), start);
  if (start === 0 || before.trim() === '' || EDGE.test(before)) return true;
  return ROLE.test(plain.slice(end, end + 16));
}
