import { type AnyDetector, byStart, LocalFindingStream } from './finding-stream.js';
import type { Finding } from './local-rails.js';
import type { WholeTextJudge } from './scanning-detector.js';
import type { Steps } from './steps.js';

/** UTF-16 units of one step: a millisecond or two of all detectors together. */
const STEP = 4096;

/** Every finding in a whole text, by start, in steps: those that `find` tells at once. */
export function* findingsInSteps(
  detectors: readonly AnyDetector[],
  judges: readonly WholeTextJudge[],
  text: string,
): Steps<readonly Finding[]> {
  const stream = new LocalFindingStream(detectors, []);
  const found: Finding[] = [];
  for (let at = 0; at < text.length; at += STEP) {
    take(found, stream.push(text.slice(at, at + STEP)).findings);
    yield;
  }
  take(found, stream.end().findings);
  for (const judge of judges) {
    yield;
    const steps = judge.judging?.(text);
    take(found, steps ? yield* steps : judge.judge(text));
  }
  return found.sort(byStart);
}

/** Adds findings; one that was told in parts is put together again. */
function take(found: Finding[], more: readonly Finding[]): void {
  for (const { part, ...finding } of more) {
    const begun =
      part === 'next' || part === 'last'
        ? found.findLastIndex((one) => one.rule === finding.rule && one.end === finding.start)
        : -1;
    const first = found[begun];
    if (first) found[begun] = { ...first, end: finding.end };
    else found.push(finding);
  }
}
