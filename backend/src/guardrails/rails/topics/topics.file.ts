import { z } from 'zod';
import type { RuleProblem } from '../rule-refused.js';

export const TOPICS_FILE = 'rails/disallowed_topics.yml';

const example = z.coerce.string().trim().min(1).max(500);

/** The cosine from which on two questions are of one topic; less than 0.1 would be any question. */
export const similarity = z.number().min(0.1).max(1);

/** `rails/disallowed_topics.yml`: what the assistant does not speak of. */
export const topicsSchema = z.strictObject({
  topics: z.array(
    z.strictObject({
      name: z
        .string()
        .regex(/^[a-z0-9][a-z0-9-]*$/)
        .max(64),
      on: z.boolean().default(true),
      /** What it is about, for a model that is asked to judge. */
      description: z.string().trim().min(1).max(1000).optional(),
      /** Questions that belong to it. */
      examples: z.array(example).min(1).max(500),
      /** Questions that look like it and do not belong to it. */
      counterexamples: z.array(example).max(500).default([]),
      /** Words and phrases one of which a question of this topic always holds. */
      keywords: z.array(z.coerce.string().trim().min(1).max(80)).min(1).max(500),
      /** How alike a question and an example have to be; 1 is the same. */
      threshold: z.number().min(0.2).max(1).default(0.5),
      /** How near they have to lie in meaning, by an embedding model; absent: as `config.yml` says. */
      similarity: similarity.optional(),
    }),
  ),
});
export type TopicsFile = z.output<typeof topicsSchema>;
export type Topic = TopicsFile['topics'][number];

const twice = (name: string) => ({
  en: `there is another topic called ${name}`,
  'pt-BR': `já existe um assunto chamado ${name}`,
});

/** What a schema cannot see. */
export const topicProblems = ({ topics }: TopicsFile): RuleProblem[] =>
  topics.flatMap(({ name }, place) =>
    topics.findIndex((other) => other.name === name) < place
      ? [{ file: TOPICS_FILE, path: ['topics', place, 'name'], message: twice(name) }]
      : [],
  );
