import { Injectable } from '@nestjs/common';
import { judgedInPieces } from './in-pieces.js';
import { JudgedRail, type JudgedVerdict, type JudgeRequest, PASSED } from './judged-rail.js';
import { ASKED_ABOUT } from './pieces.rules.js';
import { saysBlock, selfCheckPrompt } from './self-check.rules.js';

/** Yes or no, with room for a model that begins with a quotation mark. */
const ANSWER_TOKENS = 8;

/** Asks a model whether a text may pass, in the words of the policy's own prompts. */
@Injectable()
export class SelfCheckRail extends JudgedRail {
  override readonly name = 'self-check';

  /** @throws {Error} where the model says neither yes nor no; {TooLongToJudge}. */
  override async judge({
    stage,
    text,
    prompt = '',
    setting,
    ask,
    signal,
  }: JudgeRequest): Promise<JudgedVerdict> {
    return judgedInPieces(text, ASKED_ABOUT, signal, async (piece, own) => {
      const texts = stage === 'output' ? { prompt, answer: piece } : { prompt: piece, answer: '' };
      const said = await ask({
        model: setting.options['model'],
        prompt: selfCheckPrompt(setting.options['prompt'] ?? '', texts),
        maxOutputTokens: ANSWER_TOKENS,
        signal: own,
      });
      const blocks = saysBlock(said);
      if (blocks === undefined) throw new Error('The model said neither yes nor no');
      return blocks ? { action: 'block', rules: [stage], spans: [] } : PASSED;
    });
  }
}
