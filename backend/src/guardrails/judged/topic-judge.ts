import { Injectable } from '@nestjs/common';
import { judgedInPieces } from './in-pieces.js';
import { JudgedRail, type JudgedVerdict, type JudgeRequest, PASSED } from './judged-rail.js';
import { ASKED_ABOUT } from './pieces.rules.js';
import { type JudgedTopic, topicPrompt, topicSaid } from './topic-judge.rules.js';

/** The name of a topic is short. */
const ANSWER_TOKENS = 24;

/** Asks a model which of the policy's disallowed topics, if any, a text is about. */
@Injectable()
export class TopicJudge extends JudgedRail {
  override readonly name = 'topic-judge';

  /** @throws {Error} where the model names neither a topic nor none; {TooLongToJudge}. */
  override async judge({ text, setting, ask, signal }: JudgeRequest): Promise<JudgedVerdict> {
    // Written by the policy from its own file.
    const topics = JSON.parse(setting.options['topics'] ?? '[]') as readonly JudgedTopic[];
    if (topics.length === 0) return PASSED;
    return judgedInPieces(text, ASKED_ABOUT, signal, async (piece, own) => {
      const said = await ask({
        model: setting.options['model'],
        prompt: topicPrompt(topics, piece),
        maxOutputTokens: ANSWER_TOKENS,
        signal: own,
      });
      const topic = topicSaid(said, topics);
      if (topic === undefined) throw new Error('The model named neither a topic nor none');
      return topic === null ? PASSED : { action: 'block', rules: [topic], spans: [] };
    });
  }
}
