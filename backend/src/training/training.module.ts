import { Module } from '@nestjs/common';
import { TrainingController } from './training.controller.js';
import { TrainingData } from './training-data.js';
import { TrainingRepository } from './training.repository.js';

/** What models may learn from people's corrections and ratings. */
@Module({
  controllers: [TrainingController],
  providers: [TrainingData, TrainingRepository],
  exports: [TrainingRepository],
})
export class TrainingModule {}
