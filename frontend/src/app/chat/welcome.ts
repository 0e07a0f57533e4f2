import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import type { Model } from '../api/contract';
import { CopyLine } from '../ui/copy-line';
import { Icon } from '../ui/icon';
import { Skeleton } from '../ui/skeleton';
import { LanguageStore } from '../i18n/language-store';
import { modelName } from './model-name.rules';
import { ModelsStore } from './models-store';

/** Ways to connect a model, each a line to run where Prosa runs; the same as in its documentation. */
const WAYS = [
  { key: 'ollama', line: 'ollama pull llama3.2' },
  { key: 'openai', line: 'OPENAI_API_KEY=sk-... npm start' },
  { key: 'compatible', line: 'OPENAI_BASE_URL=http://localhost:8000/v1 npm start' },
  { key: 'bedrock', line: 'AWS_REGION=us-east-1 AWS_PROFILE=prosa npm start' },
] as const;

/** What Prosa found where it runs, and how to give it a model. For administrators. */
@Component({
  selector: 'app-welcome',
  imports: [CopyLine, Icon, RouterLink, Skeleton, TranslocoPipe],
  templateUrl: './welcome.html',
  styleUrl: './welcome.css',
})
export class Welcome {
  private readonly languages = inject(LanguageStore);
  protected readonly models = inject(ModelsStore);
  protected readonly ways = WAYS;

  constructor() {
    void this.models.load();
  }

  /** Who stands behind a model, or why it cannot be asked. */
  protected about({ id, provider, available, reason }: Model): string {
    if (!available) return reason?.message ?? '';
    return modelName(id) === null ? this.languages.text('welcome.quotes') : provider;
  }

  protected label(id: string): string {
    return modelName(id) ?? this.languages.text('models.quotes');
  }
}
