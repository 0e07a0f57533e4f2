import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { searchedFor } from '../../commands/expand-command.rules.js';
import { Guardrails } from '../../guardrails/guardrails.js';
import type { Person, RailHit } from '../../guardrails/judged-text.rules.js';
import { DocumentationSearch } from '../../knowledge/documentation/documentation-search.js';
import { type FoundChunk, KnowledgeSearch } from '../../knowledge/search/knowledge-search.js';
import { bestSentences } from '../../llm/providers/best-sentences.rules.js';
import type { NoticeCode } from '../../platform/notice-message.js';
import type { RouteChoice } from '../answer-event.js';
import type { AcceptedRun } from '../live-run.js';
import { PostSourcesRepository } from '../post-sources.repository.js';
import { ReadableRepository } from '../routing/readable.repository.js';
import { isAboutProsa } from '../routing/route.rules.js';
import {
  type FoundPassage,
  fromChunk,
  fromDocumentation,
  fromWeb,
  type RawPassage,
} from '../sources/found-passage.js';
import { interleave } from '../sources/number-sources.rules.js';
import { WebSearch } from '../../web-search/web-search.js';
import { GuardPassages } from './guard-passages.js';

/** Passages of each kind, at most; the window may hold fewer. */
const MOST = { documentation: 4, documents: 6, web: 5, all: 10 };

/** How long an answer waits for each, in milliseconds: pages of the web are fetched and read. */
const PATIENCE_MS = { documents: 4000, web: 9000 };

/** What was found, and what could not be searched. */
export interface Gathered {
  readonly passages: readonly FoundPassage[];
  /** What rails found in them. */
  readonly hits: readonly RailHit[];
  readonly notices: readonly NoticeOfSources[];
  /** Whether anything was searched: nothing found then is an answer of its own. */
  readonly searched: boolean;
}

export type NoticeOfSources = Extract<NoticeCode, `WEB.${string}` | `KNOWLEDGE.${string}`>;

/** Of a run: what is looked for, and for whom. */
export type GatherRequest = Pick<
  AcceptedRun,
  'prompt' | 'typed' | 'language' | 'role' | 'door' | 'userId' | 'wishes' | 'isVisitor'
> & {
  readonly conversationId: number | null;
  readonly choice: RouteChoice;
  /** Questions that this one goes on from, oldest first. */
  readonly earlier: readonly string[];
  /** The answer that goes on, whose sources it keeps. */
  readonly continued: number | null;
  readonly signal: AbortSignal;
};

interface Part {
  readonly passages: readonly RawPassage[];
  readonly notices: readonly NoticeOfSources[];
}

const NOTHING: Part = { passages: [], notices: [] };

/** Finds numbered sources for a question: in documents, on the web, in Prosa's documentation. */
@Injectable()
export class Gather {
  private readonly logger = new Logger(Gather.name);

  constructor(
    private readonly documentation: DocumentationSearch,
    private readonly knowledge: KnowledgeSearch,
    private readonly web: WebSearch,
    private readonly readable: ReadableRepository,
    private readonly kept: PostSourcesRepository,
    private readonly guardrails: Guardrails,
    private readonly passages: GuardPassages,
  ) {}

  /** Never throws: what cannot be searched is told, and the rest goes on. */
  async gather(request: GatherRequest): Promise<Gathered> {
    const { route, reason } = request.choice;
    const off: NoticeOfSources[] = reason === 'off' ? ['WEB.OFF'] : [];
    if (route === 'direct') {
      return { passages: [], hits: [], notices: off, searched: off.length > 0 };
    }
    if (request.continued !== null) {
      // The numbers in what is there already stand for these.
      const passages = await this.kept.of(request.continued, request);
      if (passages.length > 0) return { passages, hits: [], notices: [], searched: true };
    }
    const [documents, pages] = await Promise.all([
      route === 'web' ? NOTHING : this.inDocuments(request),
      route === 'knowledge' ? NOTHING : this.onWeb(request),
    ]);
    const manual = (await this.needsManual(request, documents))
      ? this.inDocumentation(request)
      : NOTHING;
    const inOrder =
      reason === 'documentation' ? [manual, documents, pages] : [documents, pages, manual];
    const found = interleave(
      inOrder.map(({ passages }) => passages),
      MOST.all,
    );
    return {
      ...(await this.passages.guarded(request, found)),
      notices: [...off, ...documents.notices, ...pages.notices],
      searched: true,
    };
  }

  /** As far as it costs nothing and takes no time, for a question that is still being written. */
  preview(
    request: Pick<GatherRequest, 'prompt' | 'typed' | 'wishes' | 'choice'> & Person,
  ): FoundPassage[] {
    const { route } = request.choice;
    const { passages } =
      route === 'direct' || route === 'web' ? NOTHING : this.inDocumentation(request);
    return passages.map(({ title, text, ...place }, index) => ({
      ...place,
      n: index + 1,
      title: this.guardrails.keptPassage(title, request),
      text: this.guardrails.keptPassage(text, request),
    }));
  }

  /**
   * Whether Prosa's own documentation is to be looked in: a team that asks its documents is not to
   * be told how Prosa keeps passwords.
   */
  private async needsManual(request: GatherRequest, documents: Part): Promise<boolean> {
    const { choice, wishes, userId, conversationId, typed, prompt } = request;
    if (choice.route === 'web') return false;
    const question = searchedFor(typed, prompt);
    if (choice.reason === 'documentation' || isAboutProsa(question)) return true;
    if (documents.passages.length > 0) {
      return wishes.knowledge !== true && !doesAnswer(question, documents.passages);
    }
    if (wishes.knowledge !== true || request.isVisitor === true) return true;
    const { collections } = await this.readable.of(userId, conversationId);
    return collections.length === 0;
  }

  private inDocumentation({
    typed,
    prompt,
    language,
    wishes,
  }: Pick<GatherRequest, 'prompt' | 'typed' | 'language' | 'wishes'>): Part {
    if (wishes.collectionIds !== null) return NOTHING;
    const found = this.documentation.search(searchedFor(typed, prompt), {
      locale: language,
      limit: MOST.documentation,
    });
    return {
      passages: found.map(({ title, text }) => fromDocumentation(title, text)),
      notices: [],
    };
  }

  private async inDocuments(request: GatherRequest): Promise<Part> {
    if (request.isVisitor === true) return NOTHING;
    try {
      const search = this.chunks(request);
      search.catch(() => undefined); // Told below, were it late as well.
      const chunks = await Promise.race([search, tooLate(PATIENCE_MS.documents, request.signal)]);
      return { passages: chunks.map(fromChunk), notices: [] };
    } catch (error) {
      if (request.signal.aborted) return NOTHING;
      this.logger.warn({ err: error }, 'documents could not be searched');
      return { ...NOTHING, notices: ['KNOWLEDGE.UNREACHABLE'] };
    }
  }

  private async chunks(request: GatherRequest): Promise<readonly FoundChunk[]> {
    const { userId, conversationId, wishes, language, choice } = request;
    const found = await this.knowledge.search({
      ...{ userId, conversationId, language, collectionIds: wishes.collectionIds },
      text: this.wholeQuestion(request),
      limit: MOST.documents,
    });
    const isOfAttachment = choice.reason === 'attachment' && conversationId !== null;
    return found.length === 0 && isOfAttachment
      ? this.readable.beginnings(userId, conversationId, MOST.documents)
      : found;
  }

  private async onWeb(request: GatherRequest): Promise<Part> {
    const { userId, language, signal } = request;
    const late = AbortSignal.timeout(PATIENCE_MS.web);
    try {
      const outcome = await this.web.search({
        ...{ userId, language, limit: MOST.web },
        query: this.guardrails.query(this.wholeQuestion(request), request),
        signal: AbortSignal.any([signal, late]),
      });
      switch (outcome.status) {
        case 'found':
          return { passages: outcome.passages.map(fromWeb), notices: [] };
        case 'unreachable':
          return { ...NOTHING, notices: ['WEB.UNREACHABLE'] };
        case 'limited':
          return { ...NOTHING, notices: ['WEB.LIMITED'] };
        case 'off':
          return { ...NOTHING, notices: ['WEB.OFF'] };
      }
    } catch (error) {
      if (signal.aborted) return NOTHING;
      if (!late.aborted) this.logger.warn({ err: error }, 'the web could not be searched');
      return { ...NOTHING, notices: ['WEB.UNREACHABLE'] };
    }
  }

  /** The question with those that it goes on from. */
  private wholeQuestion({ earlier, typed, prompt }: GatherRequest): string {
    return [...earlier, searchedFor(typed, prompt)].join('\n');
  }
}

/** Whether documents answer by themselves, as far as their words tell. */
const doesAnswer = (question: string, passages: readonly RawPassage[]): boolean =>
  bestSentences(
    question,
    passages.map((passage, n) => ({ ...passage, n })),
  ).length > 0;

async function tooLate(ms: number, signal: AbortSignal): Promise<never> {
  await wait(ms, undefined, { signal, ref: false });
  throw new Error(`No answer after ${String(ms)} ms`);
}
