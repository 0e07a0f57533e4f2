import { Injectable } from '@nestjs/common';
import { searchedFor } from '../../commands/expand-command.rules.js';
import { DocumentationSearch } from '../../knowledge/documentation/documentation-search.js';
import type { Passage } from '../../llm/chat-model.js';
import type { AnswerSource, Route } from '../answer-event.js';
import type { AcceptedRun } from '../live-run.js';

const MOST_PASSAGES = 4;

/** Finds numbered sources for a question: today passages of Prosa's own documentation. */
@Injectable()
export class Gather {
  constructor(private readonly documentation: DocumentationSearch) {}

  gather(
    run: Pick<AcceptedRun, 'prompt' | 'typed' | 'language'>,
    route: Route,
  ): readonly Passage[] {
    if (route === 'direct') {
      return [];
    }
    const found = this.documentation.search(searchedFor(run.typed, run.prompt), {
      locale: run.language,
      limit: MOST_PASSAGES,
    });
    return found.map(({ title, text }, index) => ({ n: index + 1, title, text }));
  }
}

/** A passage as readers see it. */
export const toSource = ({ n, title, text }: Passage): AnswerSource => ({
  n,
  kind: 'documentation',
  title: title.slice(0, 255),
  url: null,
  documentId: null,
  quote: text,
});
