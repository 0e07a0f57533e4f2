import { escapeControls } from './log-line.rules.js';

const LEVELS = new Map([
  [10, 'TRACE'],
  [20, 'DEBUG'],
  [30, 'INFO'],
  [40, 'WARN'],
  [50, 'ERROR'],
  [60, 'FATAL'],
]);

/** Said of every line of one process alike. */
const LEFT_OUT = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'err']);

/**
 * A line of the log for a person: `12:00:01 INFO method=POST route=/chat status=200`. Whatever a
 * value holds, only what stands in front of a line break of ours begins a line.
 * @param line one event in JSON, as programs get it.
 */
export function asText(line: string): string {
  const event = JSON.parse(line) as Record<string, unknown>;
  const time = new Date(Number(event['time'])).toISOString().slice(11, 19);
  const level = (LEVELS.get(Number(event['level'])) ?? '').padEnd(5);
  const fields = Object.entries(event)
    .filter(([name]) => !LEFT_OUT.has(name))
    .map(([name, value]) => `${name}=${plain(value)}`);
  const message = typeof event['msg'] === 'string' ? [event['msg']] : [];
  const head = [time, level, ...message, ...fields].join(' ');
  return `${[head, ...stackOf(event['err'])].map(escapeControls).join('\n    ')}\n`;
}

const plain = (value: unknown) =>
  typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);

function stackOf(error: unknown): string[] {
  const { stack } = (error ?? {}) as { stack?: unknown };
  return typeof stack === 'string' ? stack.split('\n').map((line) => line.trim()) : [];
}
