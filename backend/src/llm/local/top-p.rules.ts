/**
 * Keeps the likeliest tokens that together reach the share `topP`, and makes the others impossible
 * (nucleus sampling). At least one stays. Changes `logits` in place.
 */
export function keepNucleus(logits: Float32Array, topP: number): void {
  const order = Uint32Array.from(logits.keys()).sort((a, b) => at(logits, b) - at(logits, a));
  const most = at(logits, order[0] ?? 0);
  const weights = Float64Array.from(order, (token) => Math.exp(at(logits, token) - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let reached = 0;
  order.forEach((token, rank) => {
    if (rank > 0 && reached >= topP) logits[token] = -Infinity;
    reached += (weights[rank] ?? 0) / total;
  });
}

const at = (logits: Float32Array, token: number): number => logits[token] ?? -Infinity;
