import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { PACKAGE_ROOT } from '../platform/package-root.js';
import { DOCUMENTATION_FOLDER, DocumentationSearch } from './documentation/documentation-search.js';

/** What answers may stand on: today Prosa's own documentation. */
@Module({
  providers: [
    { provide: DOCUMENTATION_FOLDER, useValue: join(PACKAGE_ROOT, 'docs') },
    DocumentationSearch,
  ],
  exports: [DocumentationSearch],
})
export class KnowledgeModule {}
