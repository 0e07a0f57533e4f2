import { Module } from '@nestjs/common';
import { Guardrails } from './guardrails.js';

@Module({ providers: [Guardrails], exports: [Guardrails] })
export class GuardrailsModule {}
