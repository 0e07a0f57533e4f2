import { modelName } from '../chat/model-name.rules';

/** Purposes and doors that the language files have a name for. */
const PURPOSES = ['answer', 'title', 'summary', 'embedding', 'route', 'guardrail'];
const DOORS = ['web', 'simple'];

/** Key of what a purpose is called, null for one that these screens do not know yet. */
export const purposeKey = (purpose: string): string | null =>
  PURPOSES.includes(purpose) ? `usage.purpose-${purpose}` : null;

/** Key of what a door is called, null for one that these screens do not know yet. */
export const doorKey = (door: string): string | null =>
  DOORS.includes(door) ? `usage.door-${door}` : null;

/**
 * What to call each model: its short name, or its whole id where two would have the same. The
 * built-in answers have a name in each language, which is `quotes`.
 */
export function modelNames(ids: readonly string[], quotes: string): ReadonlyMap<string, string> {
  const all = [...new Set(ids)];
  const short = (id: string): string => modelName(id) ?? quotes;
  const shared = new Set(all.map(short).filter((name, i, names) => names.indexOf(name) !== i));
  return new Map(all.map((id) => [id, shared.has(short(id)) ? id : short(id)]));
}
