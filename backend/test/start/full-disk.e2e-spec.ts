import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startAnsweringApp, type AnsweringApp } from '../harness/answering-app.js';
import { aConversation, ask, asked } from '../harness/asking.js';

const MESSAGES = {
  en: /cannot store anything/,
  'pt-BR': /não consegue gravar/,
};

describe('a disk that is full', () => {
  let app: AnsweringApp;
  let conversation: number;

  beforeAll(async () => {
    app = await startAnsweringApp();
    conversation = await aConversation(app.client);
    await asked(app.client, conversation, 'say: antes');
  });
  afterAll(() => app.close());

  const limitPages = (pages: number) =>
    app.dataSource.query(`PRAGMA max_page_count = ${String(pages)}`);

  it('should be told, in the language of whoever asks, until there is room again', async () => {
    await limitPages(1); // SQLite takes the size that the file has: not one page more.
    const prompt = 'muito texto '.repeat(1000);
    for (const [language, message] of Object.entries(MESSAGES)) {
      const headers = { 'accept-language': language };
      const { status, body } = await app.client.post(
        `/api/conversations/${String(conversation)}/posts`,
        { prompt },
        { headers },
      );
      expect({ status, body }).toMatchObject({
        status: 503,
        body: {
          error: {
            code: 'SERVER.STORAGE_UNAVAILABLE',
            message: expect.stringMatching(message) as unknown,
          },
        },
      });
    }
    await limitPages(1_000_000);
    expect((await ask(app.client, conversation, { prompt })).status).toBe(201);
  });
});
