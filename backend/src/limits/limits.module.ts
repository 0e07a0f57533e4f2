import { Module } from '@nestjs/common';
import { CountersRepository } from './counters.repository.js';
import { LimitBook } from './limit-book.js';
import { LimitsController } from './limits.controller.js';
import { LimitsRepository } from './limits.repository.js';
import { LimitsService } from './limits.service.js';
import { Reservations } from './reservations.js';
import { ReservationsRepository } from './reservations.repository.js';

@Module({
  controllers: [LimitsController],
  providers: [
    CountersRepository,
    LimitBook,
    LimitsRepository,
    LimitsService,
    Reservations,
    ReservationsRepository,
  ],
  exports: [Reservations],
})
export class LimitsModule {}
