import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a guardrail of the fake finds, and what goes wrong with it. */
export interface BedrockGuardrail {
  /** Blocks where one of these stands, as a denied topic of that name. */
  readonly topics?: Readonly<Record<string, string>>;
  /** Masks what matches, as personal data of that type. */
  readonly masks?: Readonly<Record<string, RegExp>>;
  /** Only detected. */
  readonly detects?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
  /** Never answered. */
  readonly silent?: boolean;
  /** Answered with 200 in place of a verdict. */
  readonly garbage?: string;
  /** Answered in place of a verdict, e.g. `ThrottlingException` with 429. */
  readonly exception?: { readonly name: string; readonly status: number };
}

/** A call of `ApplyGuardrail`. */
export interface GuardrailRequest {
  readonly guardrail: string;
  readonly version: string;
  readonly authorization: string;
  readonly source: string;
  readonly text: string;
  readonly status: number;
  readonly answer: unknown;
}

/** Shapes: "ApplyGuardrail", Amazon Bedrock Runtime API reference. */
export function judgeAsked(path: string) {
  const [, guardrail, version] = /^\/guardrail\/([^/]+)\/version\/([^/]+)\/apply$/.exec(path) ?? [];
  if (guardrail === undefined || version === undefined) return undefined;
  return {
    async answer(
      message: Http2ServerRequest,
      reply: Http2ServerResponse,
      rules: BedrockGuardrail,
      judged: GuardrailRequest[],
    ): Promise<void> {
      const body = JSON.parse(await textOf(message)) as {
        source: string;
        content: { text: { text: string } }[];
      };
      const text = body.content.map((block) => block.text.text).join('');
      const answer = rules.exception ? { message: 'fault of the fake' } : verdict(text, rules);
      const status = rules.exception?.status ?? 200;
      judged.push({
        ...{ guardrail: decodeURIComponent(guardrail), version, source: body.source, text },
        ...{ authorization: message.headers.authorization ?? '', status, answer },
      });
      if (rules.silent) return;
      if (rules.delayMs) await sleep(rules.delayMs);
      if (reply.stream.destroyed) return;
      reply.writeHead(status, {
        'content-type': 'application/json',
        ...(rules.exception ? { 'x-amzn-errortype': rules.exception.name } : {}),
      });
      reply.end(rules.garbage ?? JSON.stringify(answer));
    },
  };
}

async function textOf(message: Http2ServerRequest): Promise<string> {
  let text = '';
  message.setEncoding('utf8');
  for await (const part of message) text += String(part);
  return text;
}

function verdict(text: string, { topics = {}, masks = {}, detects = {} }: BedrockGuardrail) {
  const named = (list: Readonly<Record<string, string>>, action: string) =>
    Object.entries(list)
      .filter(([, word]) => text.includes(word))
      .map(([name]) => ({ name, type: 'DENY', action, detected: true }));
  const denied = [...named(topics, 'BLOCKED'), ...named(detects, 'NONE')];
  const piiEntities = Object.entries(masks).flatMap(([type, pattern]) =>
    [...text.matchAll(new RegExp(pattern, 'g'))].map(([match]) => ({
      ...{ type, match, action: 'ANONYMIZED', detected: true },
    })),
  );
  const blocked = denied.some(({ action }) => action === 'BLOCKED');
  const units = Math.ceil(text.length / 1000);
  const masked = piiEntities.reduce(
    (all, { match, type }) => all.replaceAll(match, `{${type}}`),
    text,
  );
  return {
    action: blocked || piiEntities.length > 0 ? 'GUARDRAIL_INTERVENED' : 'NONE',
    outputs: blocked ? [{ text: 'Blocked.' }] : piiEntities.length > 0 ? [{ text: masked }] : [],
    assessments: [
      {
        ...(denied.length > 0 ? { topicPolicy: { topics: denied } } : {}),
        ...(piiEntities.length > 0
          ? { sensitiveInformationPolicy: { piiEntities, regexes: [] } }
          : {}),
        invocationMetrics: { guardrailProcessingLatency: 12 },
      },
    ],
    usage: {
      ...{ topicPolicyUnits: units, contentPolicyUnits: units, wordPolicyUnits: units },
      ...{ sensitiveInformationPolicyUnits: units, sensitiveInformationPolicyFreeUnits: 0 },
      contextualGroundingPolicyUnits: 0,
    },
    guardrailCoverage: { textCharacters: { guarded: text.length, total: text.length } },
  };
}
