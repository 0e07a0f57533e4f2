import type { Provider } from './chat-model.js';

/** What `TITLE_MODEL` says in place of a model where no model shall write titles. */
export const NO_TITLES = 'off';

/** A model that may write the title of an answer. */
export interface TitleCandidate {
  readonly id: string;
  readonly provider: Provider;
  /** Address of the server that it is asked at; absent: its provider's own. */
  readonly endpoint: string | undefined;
  /** What a usual title costs, in nano-dollars; null where no price is known. */
  readonly costNanoUsd: number | null;
}

/** Loopback addresses, and names without a dot: containers on the same machine have such. */
const THIS_MACHINE = /^([^.:[\]]+|127(\.\d{1,3}){3}|\[::1\]|.+\.localhost|host\.docker\.internal)$/;

/**
 * Whether a model takes its time from the machine that Prosa runs on: one inside Prosa, or one of
 * a server beside it, such as an Ollama. A title would hold up the answers there.
 */
export function isOnThisMachine({
  provider,
  endpoint,
}: Pick<TitleCandidate, 'provider' | 'endpoint'>): boolean {
  if (provider === 'bedrock') return false;
  if (provider !== 'openai') return true;
  const url = endpoint === undefined ? null : URL.parse(endpoint);
  return url !== null && THIS_MACHINE.test(url.hostname);
}

/**
 * The model that writes a title where no setting names one: the cheapest by known price among the
 * one that was asked and those that may take over from it, for no other may read what it was asked.
 * One of unknown price writes its titles itself: nothing says that another would be cheaper.
 * @param asked the model that was asked.
 * @param others that may read the same, in order of preference.
 * @returns undefined: none, because what was asked stays on this machine.
 */
export function usualTitleModel(
  asked: TitleCandidate,
  others: readonly TitleCandidate[],
): string | undefined {
  if (isOnThisMachine(asked)) return undefined;
  let cheapest = asked;
  for (const other of others) {
    if (cheapest.costNanoUsd === null || other.costNanoUsd === null) continue;
    if (other.costNanoUsd < cheapest.costNanoUsd && !isOnThisMachine(other)) cheapest = other;
  }
  return cheapest.id;
}
