import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Policy } from '../policy/policy.js';
import { PolicyKeeper } from '../policy/versions/policy-keeper.js';
import { JudgedRails } from './judged-rails.js';
import { TopicVectors } from './topic-vectors.js';

/** Whose prompts most are. */
const ANYBODY = { role: 'member', door: 'web' };

/** Has the examples of a policy's topics ready before somebody's prompt waits for them. */
@Injectable()
export class TopicWarmUp implements OnApplicationBootstrap {
  private readonly logger = new Logger(TopicWarmUp.name);

  constructor(
    private readonly keeper: PolicyKeeper,
    private readonly rails: JudgedRails,
    private readonly vectors: TopicVectors,
  ) {}

  onApplicationBootstrap(): void {
    this.keeper.whenInForce((policy) => void this.prepare(policy));
  }

  /** Never rejects: where the model is away, the first prompt tries again. */
  private async prepare(policy: Policy): Promise<void> {
    const wanted = (['input', 'output'] as const).flatMap((stage) =>
      this.rails.usable(policy.judged(stage, ANYBODY)),
    );
    const topics = wanted.find(({ rail }) => rail === 'topic-embeddings')?.options['topics'];
    if (topics === undefined) return;
    try {
      await this.vectors.of(topics);
    } catch (error) {
      const { name } = error as { name?: string };
      this.logger.warn({ error: name }, 'the examples of disallowed topics have no vectors yet');
    }
  }
}
