import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';

/** What a Titan embedding model of the fake says, and what goes wrong with it. */
export interface BedrockEmbedding {
  /** The vector of a text, of any length. */
  readonly vectorOf: (text: string) => readonly number[];
  /** Answered in place of the next vectors, as often, e.g. `ThrottlingException` with 429. */
  readonly exceptions?: { readonly name: string; readonly status: number }[];
}

/** A call of `InvokeModel`. */
export interface EmbeddingRequest {
  readonly modelId: string;
  readonly url: string;
  readonly headers: Http2ServerRequest['headers'];
  /** As it came. */
  readonly text: string;
  readonly status: number;
}

/** Shapes: "Amazon Titan Embeddings models", Amazon Bedrock user guide. */
export function embeddingAsked(path: string) {
  const [, model] = /^\/model\/([^/]+)\/invoke$/.exec(path) ?? [];
  if (model === undefined) return undefined;
  return {
    async answer(
      message: Http2ServerRequest,
      reply: Http2ServerResponse,
      { vectorOf, exceptions = [] }: BedrockEmbedding,
      asked: EmbeddingRequest[],
    ): Promise<void> {
      let text = '';
      message.setEncoding('utf8');
      for await (const part of message) text += String(part);
      const exception = exceptions.shift();
      const status = exception?.status ?? 200;
      const { url, headers } = message;
      asked.push({ modelId: decodeURIComponent(model), url, headers, text, status });
      reply.writeHead(status, {
        'content-type': 'application/json',
        ...(exception ? { 'x-amzn-errortype': exception.name } : {}),
      });
      const { inputText } = JSON.parse(text) as { inputText: string };
      const embedding = vectorOf(inputText);
      const inputTextTokenCount = inputText.split(/\s+/).length;
      reply.end(
        JSON.stringify(
          exception
            ? { message: 'fault of the fake' }
            : { embedding, embeddingsByType: { float: embedding }, inputTextTokenCount },
        ),
      );
    },
  };
}
