import type { Finding } from '../local-rails.js';
import { NOTHING, type WholeTextJudge } from '../scanning-detector.js';
import { wordsOf } from './prompt-words.rules.js';
import type { SetAnswersFile } from './set-answers.file.js';

/** A longer prompt asks for something, in UTF-16 units. */
const LONGEST_PROMPT = 120;
const MOST_WORDS = 16;

/** No answer of its own: a name, a filler. */
const IGNORED = -1;

/** Prompts that are nothing but a greeting, thanks or the like. */
export class SetAnswers implements WholeTextJudge {
  /** Which answer a phrase has, by its place in the file. */
  private readonly phrases = new Map<string, number>();
  private readonly longest: number;

  constructor(private readonly file: SetAnswersFile) {
    const add = (phrase: string, answer: number) =>
      this.phrases.set(wordsOf(phrase).join(' '), answer);
    file.ignore.forEach((phrase) => add(phrase, IGNORED));
    file.answers.forEach(({ prompts }, answer) => prompts.forEach((phrase) => add(phrase, answer)));
    const lengths = [...this.phrases.keys()].map((phrase) => phrase.split(' ').length);
    this.longest = Math.max(0, ...lengths);
  }

  judge(text: string): readonly Finding[] {
    if (text.length > LONGEST_PROMPT) return NOTHING;
    const words = wordsOf(text);
    if (words.length === 0 || words.length > MOST_WORDS || SAYS_MORE.test(text)) return NOTHING;
    const rule = this.file.answers[this.answerTo(words)]?.name;
    return rule === undefined
      ? NOTHING
      : [{ rail: 'set-answers', rule, start: 0, end: text.length }];
  }

  /**
   * The answer to words that fall into known phrases, whichever way they do; the one that stands
   * last in the file, so that "oi, quem é você?" is told who. `IGNORED`: there is none.
   */
  private answerTo(words: readonly string[]): number {
    // What the words up to a place are answered with; undefined: they fall into no phrases.
    const answers: (number | undefined)[] = [IGNORED];
    for (let end = 1; end <= words.length; end += 1) {
      for (let start = Math.max(0, end - this.longest); start < end; start += 1) {
        const before = answers[start];
        const here = this.phrases.get(words.slice(start, end).join(' '));
        if (before === undefined || here === undefined) continue;
        answers[end] = Math.max(answers[end] ?? IGNORED, before, here);
      }
    }
    return answers[words.length] ?? IGNORED;
  }
}

/** Signs that mean something of their own: sums, code, addresses, a placeholder. */
const SAYS_MORE = /[+=<>{}[\]|\\@#$%^&*/`]|\d/;
