import { readFileSync } from 'node:fs';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Guardrails } from '../../src/guardrails/guardrails.js';
import { ask, askInVain, streamOptions, textOf } from '../fakes/ask-model.js';
import { ANYBODY, inForce } from '../harness/plain-rails.js';
import { hidingEmails } from './hide-emails.rules.js';
import { OllamaModel } from './ollama.js';

const ROOT = join(import.meta.dirname, '../../..');
const QUESTION = [{ role: 'user', text: 'Oi?' }] as const;

/** The example as the documentation prints it: its imports are those of its place in `src`. */
const printed = (example: string) =>
  readFileSync(join(import.meta.dirname, example), 'utf8').replaceAll(`'../../src/llm/`, `'../`);

describe('the examples of docs/*/extending.md', () => {
  it.each(['en', 'pt-BR'])('should be printed in %s as they are tested here', (language) => {
    const page = readFileSync(join(ROOT, 'docs', language, 'extending.md'), 'utf8');
    expect(page).toContain(`\`\`\`ts\n${printed('ollama.ts')}\`\`\``);
    expect(page).toContain(`\`\`\`ts\n${printed('hide-emails.rules.ts')}\`\`\``);
  });
});

describe(OllamaModel.name, () => {
  let server: http.Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  /** A server that speaks Ollama's protocol: newline-delimited JSON. */
  async function modelAt(
    answer: (response: ServerResponse, request: IncomingMessage) => void | Promise<void>,
  ): Promise<OllamaModel> {
    server = http.createServer((request, response) => void answer(response, request));
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const address = `http://127.0.0.1:${String(port)}`;
    // Its provider has a name only once the steps of the page have been taken.
    return new OllamaModel('ollama/llama3.2', 'openai', 16_384, 'llama3.2', address);
  }

  it('should stream text, counts and the reason to finish, and say how large the window is', async () => {
    let sent: unknown;
    const model = await modelAt(async (response, request) => {
      sent = await json(request);
      response.write('{"message":{"content":"Olá, "},"done":false}\n{"message":{"con');
      response.write('tent":"mundo."},"done":false}\n');
      response.end(
        '{"message":{"content":""},"done":true,"done_reason":"length","prompt_eval_count":9,"eval_count":4}\n',
      );
    });
    const events = await ask(model, QUESTION);
    expect(textOf(events)).toBe('Olá, mundo.');
    expect(events.slice(-2)).toEqual([
      { type: 'usage', promptTokens: 9, completionTokens: 4 },
      { type: 'finish', reason: 'length' },
    ]);
    expect(sent).toEqual({
      model: 'llama3.2',
      messages: [{ role: 'user', content: 'Oi?' }],
      options: { num_ctx: 16_384, num_predict: 64 },
    });
  });

  it('should say in our words why the server refused', async () => {
    const model = await modelAt((response) => {
      response.writeHead(404).end('{"error":"model \\"llama3.2\\" not found"}');
    });
    expect((await askInVain(model, QUESTION)).failure.kind).toBe('NOT_FOUND');
  });

  it('should keep what was said when the server falls over', async () => {
    const model = await modelAt((response) => {
      response.write('{"message":{"content":"Olá"},"done":false}\n', () => response.destroy());
    });
    const { said, failure } = await askInVain(model, QUESTION);
    expect([said, failure.kind]).toEqual(['Olá', 'CUT_SHORT']);
  });

  it('should end quietly and leave the server when it is stopped', async () => {
    const left = Promise.withResolvers<void>();
    const model = await modelAt((response) => {
      response.once('close', left.resolve);
      response.write('{"message":{"content":"Olá"},"done":false}\n');
    });
    const stop = new AbortController();
    const types: string[] = [];
    for await (const { type } of model.stream(QUESTION, streamOptions(stop.signal))) {
      types.push(type);
      stop.abort();
    }
    await left.promise;
    expect(types).toEqual(['text']);
  });
});

describe(hidingEmails.name, () => {
  const text = 'Escreva para ana.souza@example.com.br, ou fale com a Bia: bia@example.com';
  const shown = 'Escreva para [e-mail], ou fale com a Bia: [e-mail]';

  it('should hide the same addresses however the text is cut into pieces', () => {
    for (let size = 1; size <= text.length; size += 1) {
      const rails = hidingEmails(new Guardrails(inForce()).output(ANYBODY));
      let told = '';
      for (let at = 0; at < text.length; at += size) told += rails.push(text.slice(at, at + size));
      expect(told + rails.end()).toBe(shown);
    }
  });

  it('should hold back only the word being written', () => {
    const rails = hidingEmails(new Guardrails(inForce()).output(ANYBODY));
    expect(rails.push('olá mun')).toBe('olá ');
    expect(rails.push('do\nfim')).toBe('mundo\n');
  });

  it('should not hold back more than its limit', () => {
    const rails = hidingEmails(new Guardrails(inForce()).output(ANYBODY));
    expect(rails.push('x'.repeat(2048))).toBe('');
    expect(rails.push('x')).toHaveLength(2049);
  });
});
