import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { CopyLine } from '../ui/copy-line';
import { Icon } from '../ui/icon';
import { Skeleton } from '../ui/skeleton';
import { LanguageStore } from '../i18n/language-store';
import { modelName } from './model-name.rules';
import { ModelsStore } from './models-store';

/** Ways to connect a model, each a line to put before the start command. */
const WAYS = [
  { key: 'ollama', line: 'OPENAI_BASE_URL=http://localhost:11434/v1 npm start' },
  { key: 'openai', line: 'OPENAI_API_KEY=sk-… npm start' },
  {
    key: 'bedrock',
    line: 'LLM_MODELS=bedrock/mistral.mistral-large-2402-v1:0 AWS_REGION=us-east-1 npm start',
  },
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

  protected label(id: string): string {
    return modelName(id) ?? this.languages.text('models.quotes');
  }
}
