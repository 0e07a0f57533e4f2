import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a fake of OpenAI's embeddings says. */
export interface EmbeddingScript {
  /** The vector of a text; all of one length. */
  readonly vectorOf: (text: string) => readonly number[];
  /** Answered in place of vectors, `429`. */
  readonly status?: number;
  /** Never answered. */
  readonly silent?: boolean;
  /** Answered in place of vectors, with 200. */
  readonly garbage?: string;
}

/** `POST /embeddings`. Shapes: "Embeddings", OpenAI API reference. */
export class FakeEmbeddings {
  /** Texts of each request, oldest first. */
  readonly asked: string[][] = [];
  private current: EmbeddingScript | undefined;

  /** Changes what is said from the next request on. */
  script(script: EmbeddingScript): void {
    this.current = script;
  }

  isAt(url: string): boolean {
    return this.current !== undefined && url.endsWith('/embeddings');
  }

  async answer(message: IncomingMessage, reply: ServerResponse): Promise<void> {
    let body = '';
    message.setEncoding('utf8');
    for await (const part of message) body += String(part);
    const { input, model } = JSON.parse(body) as { input: string[]; model: string };
    this.asked.push(input);
    if (!this.current || this.current.silent) return;
    const { garbage, vectorOf, status = 200 } = this.current;
    const tokens = input.reduce((sum, text) => sum + text.split(/\s+/).length, 0);
    const said =
      status === 200
        ? {
            ...{ object: 'list', model, usage: { prompt_tokens: tokens, total_tokens: tokens } },
            data: input.map((text, index) => ({
              ...{ object: 'embedding', index, embedding: vectorOf(text) },
            })),
          }
        : { error: { message: 'fault of the fake' } };
    reply.writeHead(status, { 'content-type': 'application/json' });
    reply.end(garbage ?? JSON.stringify(said));
  }
}
