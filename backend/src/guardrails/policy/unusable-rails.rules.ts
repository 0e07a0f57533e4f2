import type { Language } from '../../platform/language.rules.js';
import type { MissingPart } from '../judged/judged-rail.js';
import { type JudgedRailName, JUDGED_RAILS, type Policy } from './policy.js';

/** A rail that a policy has on and that judges nothing, and what keeps it from judging. */
export interface UnusableRail {
  readonly rail: JudgedRailName;
  readonly missing: MissingPart;
}

/** Those who are judged; exceptions for other doors are told in the file. */
const PEOPLE = ['member', 'admin', 'service'].map((role) => ({ role, door: 'web' }));

/** The rails that ask somebody and that a policy has on for anybody. */
export const railsThatAsk = ({ judged }: Pick<Policy, 'judged'>): JudgedRailName[] => {
  const settings = PEOPLE.flatMap((who) => [...judged('input', who), ...judged('output', who)]);
  return JUDGED_RAILS.filter((rail) => settings.some((one) => one.rail === rail));
};

/** Those of them that nobody has set up. @param needs what a rail cannot be without and is missing. */
export const unusableIn = (
  policy: Pick<Policy, 'judged'>,
  needs: (rail: JudgedRailName) => MissingPart | undefined,
): UnusableRail[] =>
  railsThatAsk(policy).flatMap((rail) => {
    const missing = needs(rail);
    return missing === undefined ? [] : [{ rail, missing }];
  });

const WORDS: Readonly<Record<Language, Readonly<Record<MissingPart, string>>>> = {
  en: {
    'embedding-model':
      '{rail} is on and judges nothing: no EMBEDDING_MODEL is set. Disallowed topics are told by their words only.',
  },
  'pt-BR': {
    'embedding-model':
      '{rail} está ligado e não avalia nada: EMBEDDING_MODEL não foi definido. Os assuntos proibidos são reconhecidos só pelas palavras.',
  },
};

/** What whoever runs Prosa should know of it. */
export const unusableWords = ({ rail, missing }: UnusableRail, language: Language): string =>
  WORDS[language][missing].replace('{rail}', rail);
