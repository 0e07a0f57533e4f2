/**
 * What to call a model: its id without the provider before the slash and without the vendor Bedrock
 * puts in front (`bedrock/us.mistral.pixtral-large-2502-v1:0` → `pixtral-large-2502-v1:0`), the same
 * for a profile's ARN. Null for
 * the built-in `quotes`, which has a name in each language.
 */
export function modelName(id: string): string | null {
  if (id === 'quotes' || id.startsWith('quotes/')) return null;
  const name = id.slice(id.indexOf('/') + 1);
  if (!id.startsWith('bedrock/')) return name;
  return name.replace(/^arn:[^/]*\//, '').replace(PROFILE_AND_VENDOR, '');
}

/** Where a profile may run (`us.`, `apac.`, `global.`), and who made the model. */
const PROFILE_AND_VENDOR = /^(?:(?:[a-z]{2}|us-gov|apac|global)\.)?[a-z0-9]+\./;
