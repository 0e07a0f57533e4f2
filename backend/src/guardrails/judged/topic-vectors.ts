import { Injectable } from '@nestjs/common';
import { type EmbeddingCall, Embeddings } from '../../embeddings/embeddings.js';
import type { ComparedTopic, VectorTopic } from './topic-similarity.rules.js';

/** Sets of topics that are kept: of the policy in force, of one before it, and of their exceptions. */
const MOST_KEPT = 4;
/** Nobody's prompt waits for it alone: it may take longer than a verdict. */
const LONGEST_MS = 60_000;

/** Paid by the house: they are made once for everybody. */
const HOUSE: EmbeddingCall = {
  ...{ runId: '', userId: 0, username: 'prosa', conversationId: 0, postId: 0 },
  ...{ door: 'guardrails', purpose: 'guardrail' },
};

/**
 * The vectors of what topics have for examples. Each text is sent once: what a new policy has in
 * common with one that is kept is taken from there. In memory only: after a start they are made
 * again, which costs less than a page of a document.
 */
@Injectable()
export class TopicVectors {
  private readonly kept = new Map<string, Promise<KnownTopics>>();

  constructor(private readonly embeddings: Embeddings) {}

  /**
   * The topics of a policy by their vectors; whoever asks meanwhile waits for the same call.
   * @param topics JSON of {@link ComparedTopic}s, as the policy has it.
   * @throws {ModelFailure}: the next to ask tries again.
   */
  async of(topics: string): Promise<readonly VectorTopic[]> {
    const known = this.kept.get(topics) ?? this.made(topics);
    this.kept.delete(topics);
    this.kept.set(topics, known); // The one asked for last is the last to go.
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
    try {
      return (await known).topics;
    } catch (error) {
      if (this.kept.get(topics) === known) this.kept.delete(topics);
      throw error;
    }
  }

  private async made(json: string): Promise<KnownTopics> {
    const before = await this.alreadyKnown();
    const topics = JSON.parse(json) as readonly ComparedTopic[];
    const all = new Set(topics.flatMap((topic) => [...topic.examples, ...topic.counterexamples]));
    const unknown = [...all].filter((text) => !before.has(text));
    const vectors =
      unknown.length === 0
        ? []
        : await this.embeddings.vectorsNow(unknown, HOUSE, AbortSignal.timeout(LONGEST_MS));
    const made = new Map(unknown.map((text, at) => [text, vectors[at]]));
    const vectorsOf = (texts: readonly string[]) =>
      texts.flatMap((text) => made.get(text) ?? before.get(text) ?? []);
    return {
      topics: topics.map(({ name, similarity, examples, counterexamples }) => ({
        ...{ name, similarity, examples: vectorsOf(examples) },
        counterexamples: vectorsOf(counterexamples),
      })),
      byText: new Map(
        [...all].flatMap((text) => vectorsOf([text]).map((vector) => [text, vector] as const)),
      ),
    };
  }

  private async alreadyKnown(): Promise<ReadonlyMap<string, Float32Array>> {
    const ended = await Promise.allSettled(this.kept.values());
    return new Map(
      ended.flatMap((one) => (one.status === 'fulfilled' ? [...one.value.byText] : [])),
    );
  }
}

interface KnownTopics {
  readonly topics: readonly VectorTopic[];
  readonly byText: ReadonlyMap<string, Float32Array>;
}
