import { Module } from '@nestjs/common';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.schema.js';
import { parseAllowed } from '../config/opened-sites.rules.js';
import { FETCH_DEFAULTS, GuardedFetch } from './guarded-fetch.js';

/** The guarded door, with the internal sites that the operator opened. */
@Module({
  providers: [
    {
      provide: GuardedFetch,
      inject: [ENV],
      useFactory: ({ FETCH_ALLOW }: Env) =>
        new GuardedFetch({ ...FETCH_DEFAULTS, allowed: parseAllowed(FETCH_ALLOW ?? '') ?? [] }),
    },
  ],
  exports: [GuardedFetch],
})
export class FetchingModule {}
