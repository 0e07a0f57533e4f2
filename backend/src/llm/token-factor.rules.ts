/** What the provider's counts of earlier calls say of the estimates for one model. */
export interface LearnedFactor {
  /** Counted tokens an estimated one, on the way that most calls go. */
  readonly usual: number;
  /** The same for the texts that were underestimated most, lately. */
  readonly high: number;
  /** Calls it was learned from; counts up to {@link MEMORY}. */
  readonly calls: number;
}

/** What a provider counted, beside what had been estimated, for the same prompt. */
export interface CountedPrompt {
  readonly estimated: number;
  readonly counted: number;
}

/**
 * What is likely of a model that nothing is known of: the estimate takes 2.7 characters a token, and
 * on prose today's tokenizers take from 2.65 to 3.97, in the middle 3.2 (see `tokens.rules.ts`).
 */
export const NOTHING_LEARNED: LearnedFactor = { usual: 2.7 / 3.2, high: 1, calls: 0 };

/** A call weighs at least a sixteenth: what changes at a provider is known after some dozen calls. */
const MEMORY = 16;
/**
 * Between any two tokenizers, and the kinds of text they are best and worst at, lies less than that:
 * beyond it a count is wrong, or of something else than what was sent.
 */
const LOWEST = 1 / 4;
const HIGHEST = 4;
/** One call moves what was learned of many by this at most, so that a wrong count does little. */
const LARGEST_SURPRISE = 1.5;
/** Shorter prompts are mostly the marks around them. In estimated tokens. */
const SHORTEST = 32;
/** What was underestimated is believed at once by half, and forgotten slowly. */
const RISE = 1 / 2;
const FALL = 1 / 64;

/**
 * What is known after one more call: an exponentially weighted mean of the ratios' logarithms, for
 * half and double are equally far away. Pure; a prompt that can teach nothing changes nothing.
 */
export function learned(
  before: LearnedFactor,
  { estimated, counted }: CountedPrompt,
): LearnedFactor {
  const ratio = counted / estimated;
  if (!(estimated >= SHORTEST) || !(counted > 0) || !Number.isFinite(ratio)) return before;
  const isFirst = before.calls === 0;
  const believed = isFirst
    ? clamp(ratio, LOWEST, HIGHEST)
    : clamp(ratio, before.usual / LARGEST_SURPRISE, before.usual * LARGEST_SURPRISE);
  const calls = Math.min(before.calls + 1, MEMORY);
  const speed = believed > before.high ? RISE : FALL;
  return {
    usual: clamp(between(before.usual, believed, 1 / calls), LOWEST, HIGHEST),
    high: clamp(isFirst ? believed : between(before.high, believed, speed), LOWEST, HIGHEST),
    calls,
  };
}

/**
 * What is known after a prompt was refused as too long, though it had been thought to fit: it holds
 * more than was thought, by as much as the provider counted, or by half where it does not say.
 */
export function overflowed(
  before: LearnedFactor,
  { estimated, counted }: { readonly estimated: number; readonly counted: number | undefined },
): LearnedFactor {
  const thought = cautiousFactor(before);
  const told = counted === undefined || !(estimated > 0) ? 0 : counted / estimated;
  const high = told > thought ? told : thought * LARGEST_SURPRISE;
  return { ...before, high: clamp(high, LOWEST, HIGHEST) };
}

/** The likeliest count of so many estimated tokens. Whole. */
export const likelyTokens = ({ usual }: LearnedFactor, estimated: number): number =>
  Math.round(estimated * usual);

/**
 * The factor by which a window must be filled: what is estimated is cautious already, and is trusted
 * no less for what was learned of other texts. At least 1.
 */
export const cautiousFactor = ({ usual, high }: LearnedFactor): number => Math.max(1, usual, high);

/** So far from one number towards another, by their ratio. */
const between = (from: number, to: number, share: number): number =>
  from * Math.pow(to / from, share);

const clamp = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), most);
