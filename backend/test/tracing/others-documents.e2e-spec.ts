import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPerson, type TestPerson } from '../harness/api-client.js';
import { MODEL } from '../harness/answering-app.js';
import { aConversation, asked } from '../harness/asking.js';
import { Library } from '../knowledge/library.js';
import { startTracedApp, type TracedApp } from './traced-app.js';

const CANARY = 'zabumbeiro';
const SECRET = `O plano de aquisição da Acme chama-se ${CANARY} e custa dez milhões.`;
const QUESTION = 'Como se chama o plano de aquisição da Acme?';

describe("another person's document and LangSmith (S6)", () => {
  let app: TracedApp;
  let ana: TestPerson;
  let bruna: TestPerson;

  beforeAll(async () => {
    app = await startTracedApp({ TITLE_MODEL: MODEL });
    // A model that repeats all that it is sent: what reaches it is seen in answers and titles.
    app.provider.script(({ messages }) => ({
      words: messages.map(({ content }) => `${content.slice(-2000)} `),
    }));
    ana = await aPerson(app, app.admin, 'ana');
    bruna = await aPerson(app, app.admin, 'bruna');
    const library = new Library(app.dataSource);
    const collection = await library.aCollection(ana.user.id);
    await library.aDocument(collection, 'Plano de aquisição', [{ text: SECRET }]);
    const open = await library.aCollection(ana.user.id, 'everyone');
    await library.aDocument(open, 'Aquisições', [{ text: 'A aquisição da Acme tem um plano.' }]);
  });
  afterAll(() => app.close());

  /** Asks in a new conversation; what was traced of it, and its title, as one text. */
  async function toldOf({ client }: TestPerson): Promise<string> {
    const conversation = await aConversation(client);
    const wish = { knowledge: true, model: MODEL };
    const post = await asked(client, conversation, QUESTION, wish);
    const runs = [...(await app.runsOf(post.id)).values()];
    const { body } = await client.get(`/api/conversations/${String(conversation)}`);
    return JSON.stringify({ post, runs, title: body['title'] });
  }

  it('should reach no trace, answer or title of anybody else', async () => {
    const before = app.langSmith.requests.length;
    const told = await toldOf(bruna);
    expect(told).toContain('Aquisições');
    expect(told).not.toContain(CANARY);
    const sent = app.langSmith.requests.slice(before).map(({ body }) => body);
    expect(sent.join('\n')).toContain('Como se chama o plano');
    expect(sent.join('\n')).not.toContain(CANARY);
    // The test would notice: its owner's answer does stand on it.
    expect(await toldOf(ana)).toContain(CANARY);
  });
});
