import type { Finding } from '../local-rails.js';
import { NOTHING, type WholeTextJudge } from '../scanning-detector.js';
import { featuresOf, sentencesOf, stemsOf } from './features.rules.js';
import type { Topic } from './topics.file.js';

/** A longer prompt is a document: what it is about is not told by one of its sentences. */
const LONGEST_PROMPT = 4000;
const MOST_SENTENCES = 40;

/** Tells prompts of a topic by how much their sentences have in common with its examples. */
export class Topics implements WholeTextJudge {
  private readonly topics: readonly KnownTopic[];

  constructor(topics: readonly Topic[]) {
    this.topics = topics.map((topic) => new KnownTopic(topic));
  }

  get count(): number {
    return this.topics.length;
  }

  judge(text: string): readonly Finding[] {
    if (this.topics.length === 0 || text.length > LONGEST_PROMPT) return NOTHING;
    const sentences = sentencesOf(text).slice(0, MOST_SENTENCES);
    const found = this.topics.filter((topic) => topic.isIn(sentences));
    return found.map(({ name }) => ({
      rail: 'disallowed-topics',
      rule: name,
      start: 0,
      end: text.length,
    }));
  }
}

interface Example {
  readonly features: ReadonlySet<string>;
  readonly weight: number;
}

class KnownTopic {
  readonly name: string;
  private readonly keywords: readonly string[];
  private readonly rarity = new Map<string, number>();
  /** Of a feature that no example has. */
  private readonly unseen: number;
  private readonly examples: readonly Example[];
  private readonly counterexamples: readonly Example[];

  constructor(private readonly topic: Topic) {
    this.name = topic.name;
    this.keywords = topic.keywords.map((keyword) => ` ${stemsOf(keyword).join(' ')} `);
    const all = [...topic.examples, ...topic.counterexamples].map((text) =>
      featuresOf(stemsOf(text)),
    );
    const holders = new Map<string, number>();
    for (const features of all) {
      for (const feature of features) holders.set(feature, (holders.get(feature) ?? 0) + 1);
    }
    for (const [feature, count] of holders) this.rarity.set(feature, rarityOf(count, all.length));
    this.unseen = rarityOf(1, all.length);
    const examples = all.map((features) => ({ features, weight: this.weightOf(features) }));
    this.examples = examples.slice(0, topic.examples.length);
    this.counterexamples = examples.slice(topic.examples.length);
  }

  isIn(sentences: readonly (readonly string[])[]): boolean {
    return sentences.some((stems) => this.isSentenceOf(stems));
  }

  private isSentenceOf(stems: readonly string[]): boolean {
    const whole = ` ${stems.join(' ')} `;
    if (!this.keywords.some((keyword) => whole.includes(keyword))) return false;
    const features = featuresOf(stems);
    const weight = this.weightOf(features);
    const alike = this.mostAlike(features, weight, this.examples);
    return (
      alike >= this.topic.threshold &&
      alike > this.mostAlike(features, weight, this.counterexamples)
    );
  }

  /** How alike the nearest example is, by what both have against what each has (Dice). */
  private mostAlike(
    features: ReadonlySet<string>,
    weight: number,
    examples: readonly Example[],
  ): number {
    let most = 0;
    for (const example of examples) {
      let common = 0;
      for (const feature of features) {
        if (example.features.has(feature)) common += this.rarity.get(feature) ?? this.unseen;
      }
      most = Math.max(most, (2 * common) / (weight + example.weight));
    }
    return most;
  }

  private weightOf(features: ReadonlySet<string>): number {
    let sum = 0;
    for (const feature of features) sum += this.rarity.get(feature) ?? this.unseen;
    return sum;
  }
}

/** A feature that many examples share says less. */
const rarityOf = (count: number, all: number): number => Math.log(1 + all / count);
