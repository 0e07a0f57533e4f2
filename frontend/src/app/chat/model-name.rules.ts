/**
 * What to call a model: its id without the provider before the slash and without the vendor Bedrock
 * puts in front (`bedrock/mistral.mistral-large-2402-v1:0` → `mistral-large-2402-v1:0`). Null for
 * the built-in `quotes`, which has a name in each language.
 */
export function modelName(id: string): string | null {
  if (id === 'quotes' || id.startsWith('quotes/')) return null;
  const name = id.slice(id.indexOf('/') + 1);
  return id.startsWith('bedrock/') ? name.replace(/^(?:[a-z]{2}\.)?[a-z0-9]+\./, '') : name;
}
