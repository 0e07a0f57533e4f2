import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { PACKAGE_ROOT } from '../../platform/package-root.js';
import { DOCUMENTATION_FOLDER, DocumentationSearch } from './documentation-search.js';

/** Prosa's own documentation, in memory. */
@Module({
  providers: [
    { provide: DOCUMENTATION_FOLDER, useValue: join(PACKAGE_ROOT, 'docs') },
    DocumentationSearch,
  ],
  exports: [DocumentationSearch],
})
export class DocumentationModule {}
