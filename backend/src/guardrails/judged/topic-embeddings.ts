import { Injectable } from '@nestjs/common';
import { Embeddings } from '../../embeddings/embeddings.js';
import { JudgedRail, type JudgedVerdict, type JudgeRequest, PASSED } from './judged-rail.js';
import { piecesOf } from './pieces.rules.js';
import { pieceSizeFor, topicsOf, usualSimilarity } from './topic-similarity.rules.js';
import { TopicVectors } from './topic-vectors.js';

/** Tells prompts of a disallowed topic by what they mean: how near they lie to its examples. */
@Injectable()
export class TopicEmbeddings extends JudgedRail {
  override readonly name = 'topic-embeddings';

  constructor(
    private readonly embeddings: Embeddings,
    private readonly vectors: TopicVectors,
  ) {
    super();
  }

  override get needs(): 'embedding-model' | undefined {
    return this.embeddings.modelName === undefined ? 'embedding-model' : undefined;
  }

  /** @throws {ModelFailure}; {TooLongToJudge} */
  override async judge({ text, setting, run, signal }: JudgeRequest): Promise<JudgedVerdict> {
    const { topics = '[]', similarity } = setting.options;
    const pieces = piecesOf(text, pieceSizeFor(text)).map((piece) => piece.text);
    const [known, vectors] = await Promise.all([
      this.vectors.of(topics),
      this.embeddings.vectorsNow(pieces, { ...run, purpose: 'guardrail' }, signal),
    ]);
    const usual = similarity ?? usualSimilarity(this.embeddings.modelName ?? '');
    const found = topicsOf(vectors, known, Number(usual));
    return found.length === 0 ? PASSED : { action: 'block', rules: found, spans: [] };
  }
}
