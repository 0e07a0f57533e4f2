/** A label at the beginning of a line that says who speaks. */
export interface LineLabel {
  readonly speaker: 'system' | 'assistant';
  readonly start: number;
  readonly end: number;
}

/** Most units of a line that are looked at. */
const LABEL_LENGTH = 40;

const SPEAKERS: Readonly<Record<string, LineLabel['speaker']>> = {
  system: 'system',
  'system message': 'system',
  'system prompt': 'system',
  sistema: 'system',
  'mensagem do sistema': 'system',
  'mensaje del sistema': 'system',
  assistant: 'assistant',
  assistente: 'assistant',
  asistente: 'assistant',
  ai: 'assistant',
  ia: 'assistant',
  chatgpt: 'assistant',
  gpt: 'assistant',
};

/** `system:`, `[SISTEMA]:`, `### SYSTEM ###`, `**Assistant**:`; a bare word is no label. */
const LABEL =
  /^[\s#*>=[(-]{0,8}(?<name>[a-z]{2,10}(?: [a-z]{2,8}){0,2})(?:[\s*\])#=-]{0,8}:|\s?[\])]|\s?#{2,4}\s*$)/i;

/** Labels of turns that a text itself makes up, in order. Linear. */
export function lineLabels(text: string): LineLabel[] {
  const labels: LineLabel[] = [];
  for (let start = 0; start < text.length;) {
    const newLine = text.indexOf('\n', start);
    const end = newLine < 0 ? text.length : newLine;
    if (end > start) {
      const head = text.slice(start, Math.min(end, start + LABEL_LENGTH));
      const speaker = SPEAKERS[LABEL.exec(head)?.groups?.['name']?.toLowerCase() ?? ''];
      if (speaker) labels.push({ speaker, start, end: start + head.length });
    }
    start = end + 1;
  }
  return labels;
}
