/** A prompt to be judged, and what is expected of it where that is known. */
export interface SetPrompt {
  readonly text: string;
  readonly expected?: 'attack' | 'benign';
}

/** A line of a set that is no prompt. */
export interface SetProblem {
  readonly line: number;
}

/** As many as the server takes at once. */
export const MOST_PROMPTS = 5000;

/**
 * The prompts of a pasted or uploaded text: one a line; a line that is a JSON object has `text` and,
 * where known, `label` (`attack` or `benign`). Empty lines are left out.
 */
export function promptsIn(source: string): { prompts: SetPrompt[]; problems: SetProblem[] } {
  const prompts: SetPrompt[] = [];
  const problems: SetProblem[] = [];
  for (const [at, line] of source.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const prompt = line.trimStart().startsWith('{') ? fromJson(line) : { text: line };
    if (prompt) prompts.push(prompt);
    else problems.push({ line: at + 1 });
  }
  return { prompts: prompts.slice(0, MOST_PROMPTS), problems };
}

function fromJson(line: string): SetPrompt | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { text: line }; // A prompt may begin with a brace.
  }
  const { text, label, expected = label } = value as Record<string, unknown>;
  if (typeof text !== 'string' || text === '') return null;
  return expected === 'attack' || expected === 'benign' ? { text, expected } : { text };
}
