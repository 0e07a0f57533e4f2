import type { ModelPrices } from './model-settings.js';

/** What a model call is billed for. */
export interface BilledTokens {
  /** All tokens of the prompt, those read from the provider's cache among them. */
  readonly prompt: number;
  readonly cached: number;
  readonly completion: number;
}

/** What a model call cost. Money is integer nano-dollars: sums of it are exact. */
export interface Cost {
  readonly inputNanoUsd: number;
  readonly outputNanoUsd: number;
  readonly totalNanoUsd: number;
  /** Whose list the price is from. */
  readonly source: string;
  /** The list's day, `2026-09-23`. */
  readonly asOf: string;
}

const NANO_PER_USD = 1e9;
/** Prices are for so many tokens. */
const PER_TOKENS = 1e6;

/** A provider's counts as a bill can hold them: whole, not negative, no more cached than read. */
export function billedTokens(
  promptTokens: number,
  cachedTokens: number | null,
  completionTokens: number,
): BilledTokens {
  const prompt = count(promptTokens);
  return {
    prompt,
    cached: Math.min(count(cachedTokens ?? 0), prompt),
    completion: count(completionTokens),
  };
}

/**
 * A price in dollars as a cost: each side rounded once, and the total their sum.
 * @returns null where the price is no amount of money.
 */
export function costOf(
  inputUsd: number,
  outputUsd: number,
  list: Pick<Cost, 'source' | 'asOf'>,
): Cost | null {
  const inputNanoUsd = Math.round(inputUsd * NANO_PER_USD);
  const outputNanoUsd = Math.round(outputUsd * NANO_PER_USD);
  const totalNanoUsd = inputNanoUsd + outputNanoUsd;
  const isMoney = [inputNanoUsd, outputNanoUsd, totalNanoUsd].every(
    (amount) => Number.isSafeInteger(amount) && amount >= 0,
  );
  return isMoney ? { inputNanoUsd, outputNanoUsd, totalNanoUsd, ...list } : null;
}

/** What was agreed for a model, as a cost. */
export function agreedCost(
  { prompt, cached, completion }: BilledTokens,
  prices: ModelPrices,
): Cost | null {
  const { input, output, cachedInput = input, asOf, source = 'MODELS_FILE' } = prices;
  const inputUsd = ((prompt - cached) * input + cached * cachedInput) / PER_TOKENS;
  return costOf(inputUsd, (completion * output) / PER_TOKENS, { source, asOf });
}

/** Dollars to show; an unknown cost stays unknown. */
export function usdOf(nanoUsd: number): number;
export function usdOf(nanoUsd: number | null): number | null;
export function usdOf(nanoUsd: number | null): number | null {
  return nanoUsd === null ? null : nanoUsd / NANO_PER_USD;
}

const count = (tokens: number): number =>
  Number.isFinite(tokens) && tokens > 0 ? Math.round(tokens) : 0;
