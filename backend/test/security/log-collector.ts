import { expect, jest } from '@jest/globals';

/** Everything that a server says: its log, and whatever a library writes to the console. */
export interface LogCollector {
  /** To be given to the server, for the lines of its log. */
  readonly lines: string[];
  /** What was said so far. */
  text(): string;
  /** The events of the log. @throws unless each is one line of JSON, escaped. */
  events(): Readonly<Record<string, unknown>>[];
  restore(): void;
}

/** Line breaks in any alphabet, and what a terminal takes for a command. */
const UNESCAPED = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** Listens to the log, the console and the output of this process. */
export function collectLogs(): LogCollector {
  const lines: string[] = [];
  const aside: string[] = [];
  const spies = [
    ...(['debug', 'log', 'info', 'warn', 'error', 'trace'] as const).map((level) =>
      jest.spyOn(console, level).mockImplementation((...words: unknown[]) => {
        aside.push(words.map(String).join(' '));
      }),
    ),
    ...[process.stdout, process.stderr].map((stream) =>
      jest.spyOn(stream, 'write').mockImplementation((text: unknown) => {
        aside.push(String(text));
        return true;
      }),
    ),
  ];
  return {
    lines,
    text: () => [...lines, ...aside].join('\n'),
    events: () =>
      lines.map((line) => {
        expect(line.at(-1)).toBe('\n');
        expect(line.slice(0, -1)).not.toMatch(UNESCAPED);
        return JSON.parse(line) as Record<string, unknown>;
      }),
    restore: () => {
      for (const spy of spies) {
        spy.mockRestore();
      }
    },
  };
}
