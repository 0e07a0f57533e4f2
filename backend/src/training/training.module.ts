import { Module } from '@nestjs/common';
import { CollectionsModule } from '../collections/collections.module.js';
import { Teach } from './teach.js';
import { TrainingController } from './training.controller.js';
import { TrainingData } from './training-data.js';
import { TrainingRepository } from './training.repository.js';

/** What models may learn from people's corrections and ratings. */
@Module({
  imports: [CollectionsModule],
  controllers: [TrainingController],
  providers: [Teach, TrainingData, TrainingRepository],
  exports: [Teach],
})
export class TrainingModule {}
