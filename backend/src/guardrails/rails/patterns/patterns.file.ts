import { CHECKS_FILE, type ChecksFile, type WrittenPattern } from '../checks.file.js';
import type { Finding } from '../local-rails.js';
import type { InEachLanguage, RuleProblem } from '../rule-refused.js';
import type { Steps } from '../steps.js';
import { type Expression, mayBeEmpty, PatternRefused } from './pattern-syntax.js';
import { parsePattern } from './pattern-parser.js';
import { type NamedPattern, Patterns } from './patterns.js';

/** Ordinary sentences: what finds something in each of them finds something everywhere. */
const ORDINARY = ['Bom dia, pessoal. ', 'See you tomorrow, then. ', 'Kurz gesagt: na gut. '].map(
  (sentence) => sentence.repeat(40),
);

const EMPTY = {
  en: 'matches the empty text: it would be found everywhere; write + for *, or leave the ? out',
  'pt-BR': 'casa com o texto vazio: seria achado em toda parte; use + no lugar de *, ou tire o ?',
};
const EVERYTHING = {
  en: 'finds something in any ordinary sentence: it would stop every text',
  'pt-BR': 'acha algo em qualquer frase comum: pararia todo texto',
};
const NO_STAGE = {
  en: 'names no stage: write what is to be done at input, retrieved or output',
  'pt-BR': 'não diz nenhuma etapa: escreva o que fazer em input, retrieved ou output',
};
const NO_REPLACEMENT = {
  en: 'is replaced, but “replacement” is missing: the text that stands in its place',
  'pt-BR': 'é substituído, mas falta “replacement”: o texto que entra no lugar',
};
const TWICE = {
  en: 'another pattern has this name',
  'pt-BR': 'outro padrão já tem este nome',
};

/** The patterns of a file by themselves; what is wrong with one is put into `problems`. */
export function* namedPatterns(
  { patterns }: ChecksFile,
  problems: RuleProblem[],
): Steps<{ readonly pattern: WrittenPattern; readonly named: NamedPattern }[]> {
  const all: { pattern: WrittenPattern; named: NamedPattern }[] = [];
  for (const [place, pattern] of patterns.entries()) {
    yield;
    const say = (field: string, message: InEachLanguage): void => {
      problems.push({ file: CHECKS_FILE, path: ['patterns', place, field], message });
    };
    if (patterns.findIndex(({ name }) => name === pattern.name) < place) say('name', TWICE);
    const actions = Object.values(pattern.stages);
    if (actions.length === 0) say('stages', NO_STAGE);
    if (actions.includes('replace') && !pattern.replacement) say('stages', NO_REPLACEMENT);
    const expression = expressionOf(pattern, (message) => say('pattern', message));
    if (!expression) continue;
    all.push({ pattern, named: { name: pattern.name, kind: pattern.kind, expression } });
  }
  return all;
}

/** One pattern, if it can be used. */
function expressionOf(
  { pattern, case: cases }: WrittenPattern,
  say: (message: InEachLanguage) => void,
): Expression | undefined {
  try {
    const expression = parsePattern(pattern, cases === 'same');
    if (mayBeEmpty(expression)) {
      say(EMPTY);
      return undefined;
    }
    if (isEverywhere(expression)) {
      say(EVERYTHING);
      return undefined;
    }
    return expression;
  } catch (error) {
    if (!(error instanceof PatternRefused)) throw error;
    say(error.said);
    return undefined;
  }
}

function isEverywhere(expression: Expression): boolean {
  const alone = new Patterns([{ name: '', kind: '', expression }]);
  return ORDINARY.every((text) => {
    const found: Finding[] = [];
    alone.begin().take(text, true, found);
    return found.length > 0;
  });
}
