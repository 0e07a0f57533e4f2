import { Injectable } from '@nestjs/common';
import { JudgedRail, type JudgedVerdict, type JudgeRequest, PASSED } from './judged-rail.js';
import { type JudgedTopic, topicPrompt, topicSaid } from './topic-judge.rules.js';

/** The name of a topic is short. */
const ANSWER_TOKENS = 24;

/** Asks a model which of the policy's disallowed topics, if any, a text is about. */
@Injectable()
export class TopicJudge extends JudgedRail {
  override readonly name = 'topic-judge';

  /** @throws {Error} where the model names neither a topic nor none. */
  override async judge({ text, setting, ask, signal }: JudgeRequest): Promise<JudgedVerdict> {
    // Written by the policy from its own file.
    const topics = JSON.parse(setting.options['topics'] ?? '[]') as readonly JudgedTopic[];
    if (topics.length === 0) return PASSED;
    const said = await ask({
      model: setting.options['model'],
      prompt: topicPrompt(topics, text),
      maxOutputTokens: ANSWER_TOKENS,
      signal,
    });
    const topic = topicSaid(said, topics);
    if (topic === undefined) throw new Error('The model named neither a topic nor none');
    return topic === null ? PASSED : { action: 'block', rules: [topic], spans: [] };
  }
}
