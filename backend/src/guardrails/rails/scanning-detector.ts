import type { Detector } from './detector.js';
import type { Finding } from './local-rails.js';
import type { Steps } from './steps.js';

/** What a detector says of a text at once: two walks through it would cost twice. */
export interface Scanned {
  readonly findings: readonly Finding[];
  readonly open: number;
}

/** A detector that tells in one walk what it found and what is still open. */
export interface ScanningDetector extends Detector {
  scan(text: string): Scanned;
}

/** Judges texts that are there as a whole and mean something only as a whole, such as a greeting. */
export interface WholeTextJudge {
  judge(text: string): readonly Finding[];
  /** The same in steps; absent: it takes no long time, however long a text is. */
  judging?(text: string): Steps<readonly Finding[]>;
}

/** What any detector says of a text. */
export function scanned(detector: Detector | ScanningDetector, text: string): Scanned {
  return 'scan' in detector
    ? detector.scan(text)
    : { findings: detector.find(text), open: detector.open(text) };
}

export const NOTHING: readonly Finding[] = [];
