import { Random } from '../fuzz/random.ts';
import { KNOWN_MODEL, OWN_MODEL, sentence } from '../ledger/plan.ts';
import { type Carrier, CARRIERS, storedAs } from './canaries/carriers.rules.ts';
import type { DeedKind } from './deeds.ts';
import { Errand, type Manner, type PostSeen } from './errand.ts';
import { promptOf } from './provider.ts';
import type { Scene } from './scene.ts';
import { ShownText } from './shown-text.ts';

/** Answers in a conversation before a new one is begun. */
const LONGEST_THREAD = 6;
/** Of so many questions one carries what the guardrails must stop. */
const CARRIES = 4;

/** An answer as its reader has it. */
interface Held {
  readonly post: PostSeen;
  readonly question: number;
  readonly prompt: string;
  readonly carrier: Carrier | undefined;
  readonly shown: ShownText;
}

/** What is done next. */
interface Plan {
  readonly kind: DeedKind;
  readonly path: string;
  readonly body: unknown;
  readonly question: number;
  readonly prompt: string;
  readonly carrier: Carrier | undefined;
  readonly shown: ShownText;
}

/** Asks one thing after the other, as the seed has it, and stays with each until it has ended. */
export class Person {
  private thread: Held[] = [];
  private deeds = 0;
  private readonly random: Random;
  private readonly scene: Scene;
  private readonly number: number;

  constructor(scene: Scene, number: number) {
    this.scene = scene;
    this.number = number;
    this.random = new Random(scene.seed, 1_000_000 + number);
  }

  /** Lives until told that it is over; what was begun is brought to its end. */
  async live(isOver: () => boolean): Promise<void> {
    while (!isOver()) await this.act();
  }

  private async act(): Promise<void> {
    const { random, scene } = this;
    const last = this.thread.at(-1);
    const plan = this.plan(last);
    this.deeds += 1;
    const deed = scene.ledger.add({
      key: `person-${String(this.number)}-deed-${String(this.deeds)}`,
      kind: plan.kind,
      question: plan.question,
      prompt: plan.prompt,
      stored: storedAs(plan.prompt),
      path: plan.path,
      body: plan.body,
      before:
        plan.kind === 'regenerate' || plan.kind === 'continue' ? last?.post.status : undefined,
    });
    const post = await new Errand(scene, deed, plan.shown, this.manner(), random).run();
    if (!post) {
      this.thread = [];
      return;
    }
    if (plan.kind !== 'ask' && plan.kind !== 'ask-anew') this.thread.pop();
    const { question, prompt, carrier, shown } = plan;
    this.thread.push({ post, question, prompt, carrier, shown });
  }

  private manner(): Manner {
    const { random } = this;
    const stops = random.chance(0.2);
    const reads = random.int(1, 60);
    return { stopsAfter: stops ? reads : undefined, wantsJson: random.chance(0.1) };
  }

  private plan(last: Held | undefined): Plan {
    const { random } = this;
    const chance = random.next();
    if (!last || this.thread.length >= LONGEST_THREAD) return this.anew();
    const { status, id } = last.post;
    const mayContinue = status === 'interrupted' || status === 'stopped';
    if (mayContinue && chance < 0.6) {
      return { ...last, kind: 'continue', path: `/api/posts/${String(id)}/continue`, body: {} };
    }
    const mayRepeat = last.carrier?.isRefused !== true;
    if (mayRepeat && (status === 'failed' || mayContinue || chance < 0.2)) {
      const path = `/api/posts/${String(id)}/regenerate`;
      return { ...last, shown: new ShownText(), kind: 'regenerate', path, body: {} };
    }
    return chance < 0.35 ? this.edit(last) : this.ask(last);
  }

  private anew(): Plan {
    this.thread = [];
    const model = `openai/${this.random.chance(0.6) ? KNOWN_MODEL : OWN_MODEL}`;
    const asked = this.question();
    return {
      ...asked,
      kind: 'ask-anew',
      path: '/api/posts',
      body: { ...bodyOf(asked), model },
    };
  }

  private ask({ post }: Held): Plan {
    const asked = this.question();
    const path = `/api/conversations/${String(post.conversationId)}/posts`;
    return { ...asked, kind: 'ask', path, body: bodyOf(asked) };
  }

  private edit({ post: { conversationId, parentId } }: Held): Plan {
    const asked = this.question();
    const path = `/api/conversations/${String(conversationId)}/posts`;
    return { ...asked, kind: 'edit', path, body: { ...bodyOf(asked), parentId } };
  }

  private question(): Asked {
    const { random } = this;
    const question = this.scene.ledger.nextQuestion();
    const rest = sentence(random, random.int(4, 25));
    const carrier = CARRIERS[question % (CARRIERS.length * CARRIES)];
    const prompt = promptOf(question, carrier ? `${rest} ${carrier.asks}` : rest);
    return { question, prompt, carrier, shown: new ShownText() };
  }
}

type Asked = Pick<Plan, 'question' | 'prompt' | 'carrier' | 'shown'>;

const bodyOf = ({ prompt, carrier }: Asked) => ({
  prompt,
  ...(carrier?.web === true ? { web: true } : {}),
});
