import { ProviderFailure } from './web-provider.js';

/** Longest answer; a page of results is 50 kB. In bytes. */
const LONGEST_ANSWER = 2_000_000;
/** A key that is refused, or a captcha, is not worth a try at every question. Milliseconds. */
export const LONG_REST_MS = 300_000;

const REFUSED = [401, 402, 403, 432, 433];

export interface ProviderRequest {
  readonly url: URL;
  readonly method?: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a provider answered. */
export interface ProviderAnswer {
  readonly status: number;
  readonly text: string;
}

/**
 * Asks a provider, whose address is the operator's and not a person's: it is no business of the
 * guarded door. Redirects are not followed; nothing is sent but what is given.
 * @throws {ProviderFailure} for every answer but one that succeeds, and the signal's reason.
 */
export async function callProvider(
  request: ProviderRequest,
  signal: AbortSignal,
): Promise<ProviderAnswer> {
  try {
    const { url, method = 'GET', headers, body } = request;
    const answer = await fetch(url, {
      ...{ method, redirect: 'manual', signal },
      headers: { 'user-agent': 'Mozilla/5.0 (compatible; Prosa; self-hosted)', ...headers },
      ...(body !== undefined && { body }),
    });
    refuse(answer);
    return { status: answer.status, text: await textOf(answer) };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ProviderFailure) throw error;
    throw new ProviderFailure('unreachable', 'no connection, or it broke off', undefined, {
      cause: error,
    });
  }
}

/** A provider's answer in JSON. @throws {ProviderFailure} `garbage` where it is none. */
export function jsonOf({ text }: ProviderAnswer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProviderFailure('garbage', 'no JSON');
  }
}

function refuse({ status, headers, body }: Response): void {
  if (status >= 200 && status < 300) return;
  void body?.cancel().catch(() => undefined);
  const said = String(status);
  if (status === 429) throw new ProviderFailure('busy', said, retryAfterMs(headers));
  if (REFUSED.includes(status)) throw new ProviderFailure('refused', said, LONG_REST_MS);
  throw new ProviderFailure(status >= 500 ? 'unreachable' : 'garbage', said, retryAfterMs(headers));
}

/** `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3). */
function retryAfterMs(headers: Headers): number | undefined {
  const written = headers.get('retry-after')?.trim() ?? '';
  const ms = /^\d+$/.test(written) ? Number(written) * 1000 : Date.parse(written) - Date.now();
  return ms > 0 ? ms : undefined;
}

async function textOf(answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for await (const part of answer.body ?? []) {
    const bytes = part as Uint8Array;
    length += bytes.length;
    if (length > LONGEST_ANSWER) throw new ProviderFailure('garbage', 'too long');
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}
