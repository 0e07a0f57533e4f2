import type { Engine } from '#db';
import type { OpenAiServer } from '../fakes/openai-server.js';
import type { AnswerStream } from './answer-stream.js';
import { settingsFor } from './answering-app.js';
import { aFirstAdministrator, ApiClient } from './api-client.js';
import { aConversation, askStream } from './asking.js';
import { type ChildServer, startChildServer } from './child-server.js';
import { aPlace, type Place } from './place.js';
import type { TestApp } from './test-app.js';

/** A run that the first server answers, and a reader there who has some of it. */
export interface RunOfOne {
  readonly stream: AnswerStream;
  /** The post's. */
  readonly id: number;
  readonly conversationId: number;
}

/** Two servers on one database: one a process that a test can pause and kill, the other in the test. */
export interface TwoServers {
  readonly place: Place;
  readonly one: ChildServer;
  readonly other: TestApp;
  /** The administrator, at each of them. */
  readonly onOne: ApiClient;
  readonly onOther: ApiClient;
  /** Somebody asks the first server, and has so many characters of the answer. */
  aRunOfOne(characters: number, asker?: ApiClient): Promise<RunOfOne>;
  close(): Promise<void>;
}

/** @param settings environment of both, beside what connects them to the provider. */
export async function twoServers(
  engine: Engine,
  provider: OpenAiServer,
  settings: Readonly<Record<string, string>> = {},
): Promise<TwoServers> {
  const place = await aPlace(engine, { ...settingsFor(provider), ...settings });
  const one = await startChildServer(place.settings);
  const other = await place.start();
  const { client: onOne } = await aFirstAdministrator(one);
  return {
    place,
    one,
    other,
    onOne,
    onOther: sameAt(other, onOne),
    async aRunOfOne(characters, asker = onOne) {
      const conversationId = await aConversation(asker);
      const stream = await askStream(asker, conversationId, { prompt: 'conta' });
      await stream.untilText(characters);
      return { stream, id: postOf(stream), conversationId };
    },
    async close() {
      await one.end('SIGKILL');
      await other.close();
      await place.drop();
    },
  };
}

/** The same person at another process: a token of one is as good at the other. */
export function sameAt(server: Pick<ChildServer, 'url'>, { token }: ApiClient): ApiClient {
  const client = new ApiClient(server.url);
  client.token = token;
  return client;
}

/** The post that a stream is the answer to, once it has begun. */
export const postOf = (stream: AnswerStream): number => Number(stream.frames[0]?.data['postId']);
