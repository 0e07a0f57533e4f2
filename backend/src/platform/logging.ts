import { isatty } from 'node:tty';
import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Env } from '../config/env.schema.js';
import { secretsOf } from '../config/secrets-of.js';
import { loggedForms, safeLine } from './log-line.rules.js';
import { asText } from './log-text.rules.js';

/** Values that must not reach a log, wherever an object that holds them is logged. */
const REDACTED = [
  'req.headers.authorization',
  'req.headers.cookie',
  'headers.authorization',
  'headers.cookie',
  '*.password',
  '*.token',
];

/** What may wait to be written while the disk is full, in characters; more is dropped. */
const MOST_WAITING = 1024 * 1024;

/**
 * The standard output. Where nothing can be written, the disk being full or the reader gone, lines
 * wait or are lost: no answer fails for it, and they are written again when there is room.
 */
export function standardOutput(fd = 1): DestinationStream {
  const destination = pino.destination({ fd, maxLength: MOST_WAITING });
  destination.on('error', () => undefined);
  return destination;
}

/**
 * The one logger: a JSON line an event, so that a line break in a value cannot forge another. Who
 * starts Prosa in a terminal gets text to read instead.
 * @param destination the standard output, unless a test wants to read what is logged.
 */
export function createLogger(env: Env, destination: DestinationStream = standardOutput()): Logger {
  const secrets = loggedForms(secretsOf(env));
  const text = (env.LOG_FORMAT ?? (isatty(1) ? 'text' : 'json')) === 'text';
  const options = {
    level: env.LOG_LEVEL,
    redact: REDACTED,
    hooks: {
      streamWrite: (line: string) => {
        const safe = safeLine(line, secrets);
        return text ? asText(safe) : safe;
      },
    },
    serializers: {
      // A failed statement carries its parameters, and they hold what people wrote.
      err: ({ name, message, code, stack }: Error & { code?: unknown }) => ({
        name,
        message,
        code,
        stack,
      }),
    },
  };
  return pino(options, destination);
}

/** Sends what Nest logs to the same place. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest gives `(message, …, context)`; ours give `(fields, text, context)`. */
  private write(level: 'warn' | 'error' | 'fatal', message: unknown, rest: unknown[]): void {
    const context = rest.at(-1);
    if (typeof message === 'object' && message !== null && !(message instanceof Error)) {
      this.logger[level]({ ...message, context }, String(rest[0]));
      return;
    }
    const err = message instanceof Error ? message : undefined;
    this.logger[level]({ context, err }, err ? err.message : String(message));
  }
}
