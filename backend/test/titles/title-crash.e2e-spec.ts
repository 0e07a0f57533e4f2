import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { databaseTarget, openForReading, Usage } from '#db';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.js';
import { settingsFor } from '../harness/answering-app.js';
import { aFirstAdministrator, ApiClient } from '../harness/api-client.js';
import { aConversation, askStream, getPost } from '../harness/asking.js';
import { startChildServer } from '../harness/child-server.js';
import { aPlace, type Place } from '../harness/place.js';
import { eventually } from '../tracing/traced-app.js';
import { LONG_ANSWER, titledSettings } from './titled-app.js';

describe('a title under way when the server is killed', () => {
  let provider: OpenAiServer;
  let place: Place;

  beforeAll(async () => {
    provider = await startOpenAiServer((request) =>
      request.model === 'fake-title'
        ? { silent: true }
        : { words: LONG_ANSWER, endsAfter: new Promise(() => undefined) },
    );
    place = await aPlace('sqlite', { ...settingsFor(provider), ...titledSettings });
  });
  afterAll(async () => {
    await place.drop();
    await provider.close();
  });

  it('should be closed in the ledger once, and leave the conversation a title', async () => {
    const first = await startChildServer(place.settings);
    const { client } = await aFirstAdministrator(first);
    const conversation = await aConversation(client);
    const stream = await askStream(client, conversation, { prompt: 'uma resposta longa' });
    await eventually(() => provider.requests.some(({ model }) => model === 'fake-title'));
    await first.end('SIGKILL');
    await stream.closed;

    const second = await startChildServer(place.settings);
    const after = new ApiClient(second.url);
    after.token = client.token;
    const id = Number(stream.frames[0]?.data['postId']);
    for (let post = await getPost(after, id); post.status === 'answering';) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      post = await getPost(after, id);
    }
    const { body } = await after.get(`/api/conversations/${String(conversation)}`);
    expect(body['title']).toBe('uma resposta longa');
    await second.end('SIGTERM');

    const { settings } = place;
    const target = databaseTarget(settings['DATABASE_URL'], String(settings['DATA_DIR']));
    const dataSource = await openForReading(target);
    const rows = await dataSource.getRepository(Usage).find({ order: { id: 'ASC' } });
    await dataSource.destroy();
    expect(rows.map(({ purpose, outcome, closedAt }) => [purpose, outcome, !!closedAt])).toEqual([
      ['answer', 'interrupted', true],
      ['title', 'interrupted', true],
    ]);
    expect(provider.requests).toHaveLength(2);
  }, 120_000);
});
