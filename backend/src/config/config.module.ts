import { type DynamicModule, Module } from '@nestjs/common';
import type { Env } from './env.schema.js';

/** Token of the checked environment: `@Inject(ENV) private readonly env: Env`. */
export const ENV = Symbol('ENV');

/** Makes the environment, checked once at start, available everywhere. */
@Module({})
export class ConfigModule {
  static forRoot(env: Env): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: ENV, useValue: env }],
      exports: [ENV],
    };
  }
}
