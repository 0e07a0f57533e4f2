import { Module } from '@nestjs/common';
import { FetchingModule } from '../fetching/fetching.module.js';
import { IngestModule } from '../ingest/ingest.module.js';
import { KnowledgeModule } from '../knowledge/knowledge.module.js';
import { CollectionsController } from './collections.controller.js';
import { CollectionsRepository } from './collections.repository.js';
import { CollectionsService } from './collections.service.js';
import { AttachmentsController } from './documents/attachments.controller.js';
import { CollectionDocumentsController } from './documents/collection-documents.controller.js';
import { ContentsController } from './documents/contents.controller.js';
import { ContentsRepository } from './documents/contents.repository.js';
import { ContentsService } from './documents/contents.service.js';
import { DocumentsController } from './documents/documents.controller.js';
import { DocumentsRepository } from './documents/documents.repository.js';
import { DocumentsService } from './documents/documents.service.js';
import { NewDocumentsService } from './documents/new-documents.service.js';
import { PeopleController } from './sharing/people.controller.js';
import { PeopleRepository } from './sharing/people.repository.js';
import { PeopleService } from './sharing/people.service.js';
import { CollectionsTrashCleaner } from './trash/collections-trash-cleaner.js';
import { Removal } from './trash/removal.js';
import { RemovalModule } from './trash/removal.module.js';
import { Intake } from './uploads/intake.js';
import { IntakeRepository } from './uploads/intake.repository.js';
import { Storage } from './uploads/storage.js';

@Module({
  imports: [FetchingModule, IngestModule, KnowledgeModule, RemovalModule],
  controllers: [
    CollectionsController,
    PeopleController,
    CollectionDocumentsController,
    AttachmentsController,
    DocumentsController,
    ContentsController,
  ],
  providers: [
    CollectionsRepository,
    CollectionsService,
    CollectionsTrashCleaner,
    ContentsRepository,
    ContentsService,
    DocumentsRepository,
    DocumentsService,
    Intake,
    IntakeRepository,
    NewDocumentsService,
    PeopleRepository,
    PeopleService,
    Removal,
    Storage,
  ],
  exports: [CollectionsService, DocumentsRepository, NewDocumentsService],
})
export class CollectionsModule {}
