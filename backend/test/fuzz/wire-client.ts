import { connect } from 'node:net';

/** An answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  /** Names in lower case; of a name that comes twice, the values joined by commas. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  /** From the first byte sent to the last one read, in milliseconds. */
  readonly ms: number;
}

/** Longest an answer may take before the connection is given up, in milliseconds. */
const PATIENCE_MS = 15_000;

/**
 * A server that has answered may reset a connection on which more than the buffers hold is still
 * being sent, and the reset takes with it what of the answer was not read yet: in bytes.
 */
const MORE_THAN_BUFFERS = 64 * 1024;

/** How long what is not a whole request is left open before it is hung up on, in milliseconds. */
const HANG_UP_MS = 30;

/**
 * Sends bytes on a connection of their own and reads until the server hangs up.
 * @param whole whether an answer is expected; if not, the sender hangs up soon.
 * @returns the first answer, undefined when none came, 'cut' when a large request's was lost.
 */
export async function exchange(
  port: number,
  bytes: Buffer,
  whole: boolean,
): Promise<WireAnswer | 'cut' | undefined> {
  let reset = false;
  const startedAt = performance.now();
  const parts: Buffer[] = [];
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    socket.on('data', (part: Buffer) => parts.push(part));
    // A server that refuses a large body hangs up while it is being sent: what it said counts.
    socket.on('error', () => {
      reset = bytes.length > MORE_THAN_BUFFERS;
    });
    socket.on('close', () => {
      resolve();
    });
    socket.write(bytes);
    if (!whole) {
      setTimeout(() => socket.end(), HANG_UP_MS).unref();
      setTimeout(() => socket.destroy(), HANG_UP_MS * 10).unref();
    }
  });
  const answer = parsed(Buffer.concat(parts), performance.now() - startedAt);
  const length = Number(answer?.headers.get('content-length') ?? 0);
  return reset && (!answer || answer.body.length < length) ? 'cut' : answer;
}

function parsed(bytes: Buffer, ms: number): WireAnswer | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = bytes
    .subarray(0, Math.max(end, 0))
    .toString('latin1')
    .split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1]);
  if (end < 0 || Number.isNaN(status)) {
    return undefined;
  }
  const rest = bytes.subarray(end + 4);
  if (status < 200) {
    return parsed(rest, ms);
  }
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers.set(name, headers.has(name) ? `${headers.get(name) ?? ''}, ${value}` : value);
  }
  return { status, headers, body: bodyOf(rest, headers), ms };
}

function bodyOf(rest: Buffer, headers: WireAnswer['headers']): Buffer {
  if (headers.get('transfer-encoding') === 'chunked') {
    return unchunked(rest);
  }
  const length = headers.get('content-length');
  return length === undefined ? rest : rest.subarray(0, Number(length));
}

function unchunked(bytes: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const end = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.subarray(at, Math.max(end, at)).toString('latin1'), 16);
    if (end < 0 || !(size > 0)) {
      return Buffer.concat(chunks);
    }
    chunks.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}
