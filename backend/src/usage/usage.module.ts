import { Module } from '@nestjs/common';
import { LimitsModule } from '../limits/limits.module.js';
import { UsageController } from './usage.controller.js';
import { UsageHoursRepository } from './usage-hours.repository.js';
import { UsageLedger } from './usage-ledger.js';
import { UsageReports } from './usage-reports.js';
import { UsageRollUp } from './usage-roll-up.js';
import { UsageSumsRepository } from './usage-sums.repository.js';
import { UsageRepository } from './usage.repository.js';

@Module({
  imports: [LimitsModule],
  controllers: [UsageController],
  providers: [
    UsageHoursRepository,
    UsageLedger,
    UsageReports,
    UsageRepository,
    UsageRollUp,
    UsageSumsRepository,
  ],
  exports: [UsageLedger],
})
export class UsageModule {}
