import {
  personalDataDetectors,
  personalDataSchema,
} from './rails/personal-data/personal-data.file.js';

/** Every kind, with the built-in words of context: what leaves for good is masked by no policy. */
const DETECTORS = personalDataDetectors(personalDataSchema.parse({}));

/**
 * Puts the name of its kind, `[CPF]`, in the place of all personal data that can be told by its form
 * (see rails/personal-data). Names and what else only a reader can tell stay.
 */
export function maskPersonalData(text: string): string {
  let masked = '';
  let at = 0;
  for (const { start, end, kind = '' } of DETECTORS.flatMap((detector) => detector.find(text))) {
    masked += `${text.slice(at, start)}[${kind}]`;
    at = end;
  }
  return masked + text.slice(at);
}
