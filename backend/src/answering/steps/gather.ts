import { Injectable } from '@nestjs/common';
import { searchedFor } from '../../commands/expand-command.rules.js';
import { DocumentationSearch } from '../../knowledge/documentation/documentation-search.js';
import type { Route } from '../answer-event.js';
import type { AcceptedRun } from '../live-run.js';
import { type FoundPassage, fromDocumentation } from '../sources/found-passage.js';

const MOST_PASSAGES = 4;

/** Finds numbered sources for a question: today passages of Prosa's own documentation. */
@Injectable()
export class Gather {
  constructor(private readonly documentation: DocumentationSearch) {}

  gather(
    run: Pick<AcceptedRun, 'prompt' | 'typed' | 'language'>,
    route: Route,
  ): readonly FoundPassage[] {
    if (route === 'direct') {
      return [];
    }
    const found = this.documentation.search(searchedFor(run.typed, run.prompt), {
      locale: run.language,
      limit: MOST_PASSAGES,
    });
    return found.map(({ title, text }, index) => fromDocumentation(index + 1, title, text));
  }
}
