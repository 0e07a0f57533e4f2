import { doubledCharges, wrongCharges, wrongCounts } from './charges.rules.ts';
import type { Evidence, Invariant } from './evidence.ts';
import { doubledPrompts, halfTurns, lostPrompts, refusals } from './prompts.rules.ts';
import {
  brokenFile,
  complaints,
  foundCanaries,
  lateRecoveries,
  leaks,
  leftOpen,
} from './server.rules.ts';
import { falseText, inventedText, lostText, otherText } from './texts.rules.ts';

/** What a kill must not break. One more is one more line. */
export const INVARIANTS: readonly Invariant[] = [
  { name: 'I1 lost', holds: 'always', breaches: lostPrompts },
  { name: 'I1 doubled', holds: 'always', breaches: doubledPrompts },
  { name: 'I1 half written', holds: 'always', breaches: halfTurns },
  { name: 'I1 refused', holds: 'at rest', breaches: refusals },
  { name: 'I2 text lost', holds: 'at rest', breaches: lostText },
  { name: 'I2 text false', holds: 'at rest', breaches: falseText },
  { name: 'I2 text differs', holds: 'at rest', breaches: otherText },
  { name: 'I2 text invented', holds: 'at rest', breaches: inventedText },
  { name: 'I3 late', holds: 'at rest', breaches: lateRecoveries },
  { name: 'I3 open', holds: 'at rest', breaches: leftOpen },
  { name: 'I4 charged twice', holds: 'always', breaches: doubledCharges },
  { name: 'I5 ledger', holds: 'at rest', breaches: wrongCharges },
  { name: 'I5 limits', holds: 'at rest', breaches: wrongCounts },
  { name: 'I6 blocked text', holds: 'at rest', breaches: foundCanaries },
  { name: 'I7 file', holds: 'always', breaches: brokenFile },
  { name: 'I7 log', holds: 'at rest', breaches: complaints },
  { name: 'I7 leaks', holds: 'at rest', breaches: leaks },
];

/** What the evidence breaks, each with the invariant's name. Pure. */
export function breachesOf(evidence: Evidence, isAtRest: boolean): string[] {
  return INVARIANTS.filter(({ holds }) => isAtRest || holds === 'always').flatMap(
    ({ name, breaches }) => breaches(evidence).map((breach) => `${name}: ${breach}`),
  );
}
