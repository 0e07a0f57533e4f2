import { Module } from '@nestjs/common';
import { PageReader } from './page-reader.js';

/** What pages of the web say, without what is around it. */
@Module({
  providers: [{ provide: PageReader, useFactory: () => new PageReader() }],
  exports: [PageReader],
})
export class ReadingModule {}
