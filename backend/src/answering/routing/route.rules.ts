import { fold, PORTUGUESE_STOP_WORDS, stemPortuguese } from '#db';
import type { Provider } from '../../llm/chat-model.js';
import type { Wishes } from '../../posts/wishes.rules.js';
import type { Route, RouteChoice, RouteReason } from '../answer-event.js';
import {
  COMPARING,
  CONCEPT,
  DOCUMENTATION,
  INTERNAL,
  MAKING,
  OURS,
  OUTSIDE,
  TALK,
  TRANSFORMING,
  WORKING,
} from './direct-signals.js';
import { goesOn, type ReadQuestion, readQuestion } from './question.rules.js';
import { ASKED, DATE, NEWS, PRICE, TIME, type WebReason } from './web-signals.js';

/** What is known of a question before anything is looked for. */
export interface RouteFacts {
  readonly question: string;
  /** The one before it, where there is one. */
  readonly earlier: string | null;
  readonly wishes: Wishes;
  readonly provider: Provider;
  /** Whether the web is searched at all. */
  readonly web: boolean;
  /** Names of the collections that the person may read and that hold anything. */
  readonly collections: readonly string[];
  /** Titles of what is attached to the conversation. */
  readonly attachments: readonly string[];
  readonly now: Date;
}

/** A choice by rule. */
export interface Judged extends RouteChoice {
  /** Nothing spoke for or against looking anywhere: a model may judge. */
  readonly unsure: boolean;
}

/** What was wished for, or a rule says; undefined: neither does. */
interface Verdict<Reason extends RouteReason> {
  readonly is: boolean | undefined;
  readonly reason: Reason;
}

/** A year as near as this is one that a model may not have read of. */
const RECENT_YEARS = 1;

/**
 * Where an answer looks, and why: a person's own choice first, then what the question says. Never
 * on the web where that is off; never in documents where there are none.
 */
export function judgeRoute(facts: RouteFacts): Judged {
  const { wishes, provider } = facts;
  const read = readQuestion(facts.question);
  const knowledge = judgeKnowledge(facts, read);
  const web = judgeWeb(facts, read, knowledge.is === true);
  const route = routeTo(knowledge.is === true, web.is === true);
  if (wishes.web === true && !facts.web) {
    return { route: routeTo(knowledge.is === true, false), reason: 'off', unsure: false };
  }
  const isOpen = knowledge.is === undefined || web.is === undefined;
  const isDecided = knowledge.is === true || web.is === true;
  if (provider === 'quotes' && !isDecided && wishes.knowledge !== false) {
    return { route: 'knowledge', reason: 'no-model', unsure: false };
  }
  const unsure = isOpen && !isDecided && provider !== 'quotes';
  return { route, reason: reasonOf(knowledge, web, wishes), unsure };
}

const routeTo = (knowledge: boolean, web: boolean): Route => {
  if (knowledge) return web ? 'both' : 'knowledge';
  return web ? 'web' : 'direct';
};

function reasonOf(
  knowledge: Verdict<RouteReason>,
  web: Verdict<RouteReason>,
  wishes: Wishes,
): RouteReason {
  if (wishes.web === true || wishes.knowledge === true || wishes.collectionIds !== null) {
    return 'asked';
  }
  if (knowledge.is === true) return knowledge.reason;
  if (web.is === true) return web.reason;
  return wishes.web === false && wishes.knowledge === false ? 'asked' : 'default';
}

function judgeKnowledge(facts: RouteFacts, { written, plain }: ReadQuestion): Verdict<RouteReason> {
  const { wishes, collections, attachments, earlier } = facts;
  if (wishes.knowledge !== null) return { is: wishes.knowledge, reason: 'asked' };
  if (wishes.collectionIds !== null) return { is: true, reason: 'asked' };
  if (attachments.length > 0 && !TALK.test(plain)) return { is: true, reason: 'attachment' };
  if (isAboutProsa(written)) return { is: true, reason: 'documentation' };
  if (collections.length === 0) return { is: false, reason: 'default' };
  const isNamed = collections.some((name) => names(written, name));
  if (isNamed || asksOfOurs(plain) || INTERNAL.some((pattern) => pattern.test(plain))) {
    return { is: true, reason: 'collection' };
  }
  if (earlier !== null && goesOn(facts.question)) {
    const before = judgeKnowledge(
      { ...facts, question: earlier, earlier: null },
      readQuestion(earlier),
    );
    if (before.is === true) return before;
  }
  return { is: isSettled(facts, plain) ? false : undefined, reason: 'default' };
}

function judgeWeb(
  facts: RouteFacts,
  read: ReadQuestion,
  hasKnowledge: boolean,
): Verdict<RouteReason> {
  const { wishes, earlier } = facts;
  if (!facts.web) return { is: false, reason: 'off' };
  if (wishes.web !== null) return { is: wishes.web, reason: 'asked' };
  const reason = webReason(read, facts.now);
  if (hasKnowledge) {
    // A document that is named answers itself, unless it is held against what is outside.
    const isBoth =
      reason === 'asked' ||
      (OUTSIDE.test(read.plain) && (reason !== undefined || COMPARING.test(read.plain)));
    return { is: isBoth, reason: reason ?? 'default' };
  }
  if (reason !== undefined) return { is: true, reason };
  if (earlier !== null && goesOn(facts.question)) {
    const before = webReason(readQuestion(earlier), facts.now);
    if (before !== undefined) return { is: true, reason: before };
  }
  return { is: isSettled(facts, read.plain) ? false : undefined, reason: 'default' };
}

/** What of a question speaks for the web; undefined: nothing does. */
function webReason({ plain, isPasted }: ReadQuestion, now: Date): WebReason | undefined {
  const says = (patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(plain));
  if (TRANSFORMING.test(plain)) return undefined;
  if (says(ASKED)) return 'asked';
  const isDated = says(DATE) || namesRecentYear(plain, now);
  if (MAKING.test(plain)) return says(NEWS) && isDated ? 'news' : undefined;
  if (isPasted) return undefined;
  if (WORKING.test(plain)) return says(NEWS) ? 'news' : undefined;
  // What it is and how it works has been known for long, unless it is asked of this day.
  if (CONCEPT.test(plain) && !isDated) return undefined;
  if (says(TIME)) return 'time';
  if (says(PRICE)) return 'price';
  if (says(NEWS)) return 'news';
  return isDated && isAsking(plain) ? 'date' : undefined;
}

/** Talk, code, something to be made or changed: nothing is to be looked up. */
const isSettled = ({ provider }: RouteFacts, plain: string): boolean =>
  provider === 'quotes' ||
  [TALK, TRANSFORMING, MAKING, WORKING, CONCEPT].some((pattern) => pattern.test(plain));

const asksOfOurs = (plain: string): boolean =>
  OURS.test(plain) && isAsking(plain) && !MAKING.test(plain) && !TRANSFORMING.test(plain);

/** A statement about today asks for nothing: `hoje acordei cansado`. */
const isAsking = (plain: string): boolean =>
  plain.includes('?') ||
  /^(quem|qual|quais|quando|onde|quanto|quantos|quantas|que|o que|como|por ?que|ha|tem|vai|e|existe|houve|me (diga|informe|atualize|fale)|list[ae]|mostre|resum[ao]|who|what|when|where|which|how|is|are|will|did|does|do|has|have|any|list|show|tell|give|summari[sz]e)\b/.test(
    plain,
  );

function namesRecentYear(plain: string, now: Date): boolean {
  const year = now.getUTCFullYear();
  return Array.from(plain.matchAll(/\b20\d\d\b/g), ([text]) => Number(text)).some(
    (named) => named >= year - RECENT_YEARS && named <= year + 5,
  );
}

/** `Prosa` with a capital is its name; `prosa` is prose, or a chat. */
export const isAboutProsa = (written: string): boolean =>
  DOCUMENTATION.some((pattern) => pattern.test(written.slice(0, 1000)));

/** Names that say nothing of what is in a collection. */
const GENERAL = new Set(
  [
    'geral',
    'documento',
    'arquivo',
    'doc',
    'general',
    'document',
    'file',
    'misc',
    'outro',
    'nota',
  ].map(stemPortuguese),
);

/**
 * Whether a question names a collection: all the telling words of its name stand in it. A name of
 * up to three letters (`RH`) is as it is written, for such are words in lower case (`ti`).
 */
export function names(question: string, name: string): boolean {
  const asked = question.slice(0, 1000);
  const telling = (fold(name).match(/[\p{L}\p{N}]+/gu) ?? []).filter(
    (word) => !PORTUGUESE_STOP_WORDS.has(word),
  );
  if (telling.length === 0) return false;
  const [only = ''] = telling;
  if (telling.length === 1 && only.length <= 3) {
    return new Set(asked.match(/[\p{L}\p{N}]+/gu)).has(name.trim());
  }
  if (telling.length === 1 && GENERAL.has(stemPortuguese(only))) return false;
  const words = new Set((fold(asked).match(/[\p{L}\p{N}]+/gu) ?? []).map(stemPortuguese));
  return telling.every((word) => words.has(stemPortuguese(word)));
}
