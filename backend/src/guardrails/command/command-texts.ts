import type { Language } from '../../platform/language.rules.js';

/** What `npm run guardrails` says. `{name}` stands for a value. */
export interface CommandTexts {
  readonly usage: string;
  readonly good: string;
  readonly rules: string;
  readonly bad: string;
  readonly comparedWith: string;
  readonly stored: string;
  readonly builtIn: string;
  readonly noPrompts: string;
  readonly badPrompt: string;
  readonly same: string;
  readonly changes: string;
  readonly more: string;
  readonly notRun: string;
  readonly current: string;
  readonly draft: string;
  readonly counts: readonly string[];
}

export const COMMAND_TEXTS: Readonly<Record<Language, CommandTexts>> = {
  en: {
    usage: `Usage:
  npm run guardrails -- check <folder>                    whether a folder of guardrails can be used
  npm run guardrails -- compare <folder> <prompts.jsonl>  what it would change for these prompts

Each line of prompts.jsonl: {"text": "…"}, and if it is known {"text": "…", "expected": "attack"} or "benign".`,
    good: 'The folder can be used. What it leaves out is taken from what comes with Prosa.',
    rules: '{rail}: {count} rules',
    bad: 'The folder cannot be used: {count} problem(s).',
    comparedWith: 'Compared with {which}.',
    stored: 'version {id}, which is in force in the database',
    builtIn: 'what comes with Prosa (there is no database yet)',
    noPrompts: '{file} cannot be read ({code})',
    badPrompt: '{file}:{line} is not a prompt: {"text": "…", "expected"?: "attack" | "benign"}',
    same: 'Nothing would change for {total} prompts.',
    changes: '{changes} of {total} prompts would change:',
    more: '… and {count} more',
    notRun: 'Not run, since they ask a model or a service: {rails}.',
    current: 'now',
    draft: 'then',
    counts: [
      'blocked',
      'masked',
      'flagged',
      'answered',
      'passed',
      'wrongly blocked',
      'attacks missed',
    ],
  },
  'pt-BR': {
    usage: `Uso:
  npm run guardrails -- check <pasta>                    se uma pasta de guardrails pode ser usada
  npm run guardrails -- compare <pasta> <prompts.jsonl>  o que ela mudaria para estes prompts

Cada linha de prompts.jsonl: {"text": "…"} e, se for sabido, {"text": "…", "expected": "attack"} (ataque) ou "benign" (inofensivo).`,
    good: 'A pasta pode ser usada. O que ela não traz vem dos guardrails do próprio Prosa.',
    rules: '{rail}: {count} regras',
    bad: 'A pasta não pode ser usada: {count} problema(s).',
    comparedWith: 'Comparação com {which}.',
    stored: 'a versão {id}, que está valendo no banco de dados',
    builtIn: 'os guardrails do próprio Prosa (ainda não há banco de dados)',
    noPrompts: '{file} não pode ser lido ({code})',
    badPrompt: '{file}:{line} não é um prompt: {"text": "…", "expected"?: "attack" | "benign"}',
    same: 'Nada mudaria para {total} prompts.',
    changes: '{changes} de {total} prompts mudariam:',
    more: '… e mais {count}',
    notRun: 'Não executados, porque consultam um modelo ou serviço: {rails}.',
    current: 'hoje',
    draft: 'depois',
    counts: [
      'bloqueados',
      'mascarados',
      'anotados',
      'respondidos',
      'liberados',
      'bloqueados por engano',
      'ataques não vistos',
    ],
  },
};

/** The text with its values. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '…'));
}
