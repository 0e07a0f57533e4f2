import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { readDocumentation } from './documentation-files.js';
import { DocumentationIndex, type DocumentationQuery } from './documentation-index.js';
import type { DocumentationPassage } from './passages.rules.js';

/** Token of the folder that holds `pt-BR/*.md` and `en/*.md`. */
export const DOCUMENTATION_FOLDER = Symbol('DOCUMENTATION_FOLDER');

/** Full-text search in Prosa's own documentation, which is read at start. */
@Injectable()
export class DocumentationSearch implements OnModuleInit {
  private readonly logger = new Logger(DocumentationSearch.name);
  private index = new DocumentationIndex([]);

  constructor(@Inject(DOCUMENTATION_FOLDER) private readonly folder: string) {}

  /** Reads the documentation. Without it Prosa still serves; it only finds nothing to quote. */
  onModuleInit(): void {
    try {
      this.index = new DocumentationIndex(readDocumentation(this.folder));
    } catch (error) {
      this.logger.warn({ err: error, folder: this.folder }, 'The documentation cannot be read');
    }
  }

  /**
   * The passages that answer a question, best first, as Markdown without anything active; none
   * when the question is not about Prosa. Takes less than a millisecond, but for the first in each
   * language, which waits for the index.
   */
  search(question: string, query: DocumentationQuery): DocumentationPassage[] {
    return this.index.search(question, query);
  }
}
