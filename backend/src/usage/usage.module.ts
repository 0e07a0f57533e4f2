import { Module } from '@nestjs/common';
import { UsageLedger } from './usage-ledger.js';
import { UsageRepository } from './usage.repository.js';

@Module({ providers: [UsageLedger, UsageRepository], exports: [UsageLedger] })
export class UsageModule {}
