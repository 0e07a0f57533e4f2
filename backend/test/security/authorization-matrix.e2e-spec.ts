import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { apiDocument } from '../../src/platform/api-docs.js';
import { ApiClient, aFirstAdministrator, aPerson, type TestPerson } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';
import {
  ADMINISTRATORS_ONLY,
  everyId,
  type IdKind,
  idKindOf,
  type Ids,
  type Operation,
  operationsOf,
  pathOf,
} from './api-operations.js';
import { aCollection, aReadyDocument } from '../collections/given.js';
import { aSummaryOf } from './given.js';
import { BODIES, callOperation, KEPT_TABLES, PUBLIC } from './call-operation.js';
import { comparable, gather } from './compared-answers.js';
import { errorOf } from './wire.js';

/** No table has as many rows. */
const MISSING = everyId(2_147_483_646);

/** Whose ids are of what belongs to one person alone. */
const PERSONAL: ReadonlySet<IdKind | undefined> = new Set<IdKind>([
  'conversation',
  'post',
  'summary',
  'command',
  'collection',
  'document',
]);

describe.each(TEST_ENGINES)('authorization matrix on %s', (engine) => {
  let app: TestApp;
  let admin: TestPerson;
  let owner: TestPerson;
  let other: TestPerson;
  let suspended: TestPerson;
  let owned: Ids;
  let operations: Operation[];

  const call = (operation: Operation, ids: Ids, token?: string, accept?: string) =>
    callOperation(app, { operation, ids, token, accept });

  /** A conversation with an answer in it. */
  const aConversationOf = async (
    person: TestPerson,
  ): Promise<Pick<Ids, 'conversation' | 'post'>> => {
    const conversation = await person.client.post('/api/conversations', {});
    const id = Number(conversation.body['id']);
    const post = await person.client.post(`/api/conversations/${String(id)}/posts`, {
      prompt: 'Como conecto o Bedrock?',
    });
    expect(post.body).toMatchObject({ status: 'done' });
    return { conversation: id, post: Number(post.body['id']) };
  };

  let saved = 0;
  let drafts = 0;
  const aCommandOf = async (person: TestPerson): Promise<number> => {
    saved += 1;
    const wish = { name: `comando${String(saved)}`, title: 'Um', text: 'Escreva.', scope: 'own' };
    return Number((await person.client.post('/api/commands', wish)).body['id']);
  };

  /** A document that can be read, in a collection of its own. */
  const aPlaceOf = async (person: TestPerson): Promise<Pick<Ids, 'collection' | 'document'>> => {
    const collection = await aCollection(person);
    const { document } = await aReadyDocument(app, collection, ['trinta dias']);
    return { collection, document };
  };

  const aLimit = async (): Promise<number> => {
    const { body } = await admin.client.put('/api/limits', BODIES['putLimit']);
    return Number(body['id']);
  };

  /** It fails at once: there is no hub. */
  const aDownload = async (): Promise<number> => {
    const wish = { name: 'ana/tiny-GGUF' };
    for (;;) {
      const { status, body } = await admin.client.post('/api/models/downloads', wish);
      if (status === 201) return Number(body['id']);
      expect(body).toMatchObject({ error: { code: 'DOWNLOAD.BUSY' } });
    }
  };

  /** A draft, which was never in force. */
  const aPolicy = async (): Promise<number> => {
    drafts += 1;
    const text = `version: 1\nrails: {}\n# ${String(drafts)}\n`;
    const files = [{ path: 'config.yml', text }];
    const { body } = await admin.client.post('/api/guardrails/policies', { files });
    return Number(body['id']);
  };

  /** What an operation is about, made anew: the one before may have deleted it. */
  const somethingNew = async (kind: IdKind | undefined): Promise<Partial<Ids>> => {
    switch (kind) {
      case 'collection':
      case 'document':
        return aPlaceOf(owner);
      case 'command':
        return { command: await aCommandOf(owner) };
      case 'limit':
        return { limit: await aLimit() };
      case 'download':
        return { download: await aDownload() };
      case 'policy':
        return { policy: await aPolicy() };
      case 'builtIn':
        return { builtIn: 'table' };
      case 'user':
        return { user: suspended.user.id };
      default: {
        const place = await aConversationOf(owner);
        return { ...place, summary: await aSummaryOf(app, place) };
      }
    }
  };

  const rowsOf = (table: string) => app.dataSource.query<unknown[]>(`SELECT * FROM ${table}`);
  const stored = () => Promise.all(KEPT_TABLES.map(rowsOf));

  beforeAll(async () => {
    app = await startTestApp(engine, { ASKS_PER_MINUTE: '100000' });
    operations = operationsOf(apiDocument(app.app));
    admin = await aFirstAdministrator(app);
    owner = await aPerson(app, admin, 'ana');
    other = await aPerson(app, admin, 'bruno');
    suspended = await aPerson(app, admin, 'carla');
    const place = await aConversationOf(owner);
    owned = {
      ...place,
      summary: await aSummaryOf(app, place),
      command: await aCommandOf(owner),
      builtIn: 'table',
      user: owner.user.id,
      limit: await aLimit(),
      download: await aDownload(),
      policy: await aPolicy(),
      ...(await aPlaceOf(owner)),
    };
    const { status } = await admin.client.patch(`/api/users/${String(suspended.user.id)}`, {
      suspended: true,
    });
    expect(status).toBe(200);
  });

  afterAll(() => app.close());

  it('should know every route, and what its ids are of', () => {
    expect(operations.length).toBeGreaterThan(25);
    expect(operations.filter((operation) => idKindOf(operation)).length).toBeGreaterThan(12);
  });

  it('should leave open only the routes that are listed here', () => {
    expect(operations.filter(({ secured }) => !secured).map(({ name }) => name)).toEqual(PUBLIC);
  });

  it.each([
    ['nobody', undefined, 'AUTH.REQUIRED'],
    ['a suspended person', () => suspended.token, 'AUTH.SESSION_ENDED'],
  ] as const)('should answer 401 to %s on every other route', async (_, token, code) => {
    const before = await stored();
    const answers = await gather(
      operations.filter(({ secured }) => secured),
      async (operation) => {
        const answer = await call(operation, owned, token?.());
        return `${String(answer.status)} ${errorOf(answer).code}`;
      },
    );
    expect(new Set(Object.values(answers))).toEqual(new Set([`401 ${code}`]));
    expect(await stored()).toEqual(before);
  });

  it('should guard the heads of pages like the pages', async () => {
    const reading = operations.filter(({ method, secured }) => method === 'GET' && secured);
    const statuses = await gather(reading, async (operation) => {
      const path = pathOf(operation, owned);
      const [anonymous, foreign] = [
        await fetch(app.url + path, { method: 'HEAD' }),
        await fetch(app.url + path, {
          method: 'HEAD',
          headers: { authorization: `Bearer ${other.token}` },
        }),
      ];
      const isPersonal = PERSONAL.has(idKindOf(operation));
      return [anonymous.status, isPersonal ? foreign.status : 404];
    });
    expect(new Set(Object.values(statuses).map(String))).toEqual(new Set(['401,404']));
  });

  it('should let a person who must choose a password do that and nothing else', async () => {
    const password = 'a primeira senha de dora';
    await admin.client.post('/api/users', { username: 'dora', password });
    const dora = new ApiClient(app.url);
    await dora.signIn('dora', password);
    const answers = await gather(
      operations.filter(({ secured }) => secured),
      async (operation) => {
        const answer = await call(operation, owned, dora.token);
        return answer.status < 400 ? 'done' : errorOf(answer).code;
      },
    );
    expect(answers).toEqual({
      ...Object.fromEntries(
        Object.keys(answers).map((name) => [name, 'AUTH.PASSWORD_CHANGE_REQUIRED']),
      ),
      'GET /api/auth/me': 'done',
      'PATCH /api/auth/me': 'done',
    });
  });

  it('should answer 403 to a member on the routes of administrators, and on no other', async () => {
    const people = await rowsOf('users');
    const refused = [];
    for (const operation of operations.filter(({ secured }) => secured)) {
      // Only ids that administrators use are real ones here: the next test is about the others.
      const { builtIn, user, limit, download, policy } = owned;
      const known = { ...MISSING, builtIn, user, limit, download, policy };
      const foreign = await call(operation, known, other.token);
      const missing = await call(operation, MISSING, other.token);
      if (foreign.status === 403) {
        expect(comparable(foreign)).toEqual(comparable(missing));
        expect(errorOf(foreign).code).toBe('AUTH.FORBIDDEN');
        refused.push(operation.name);
      }
    }
    expect(refused).toEqual(
      operations.filter(({ path }) => ADMINISTRATORS_ONLY.test(path)).map(({ name }) => name),
    );
    expect(await rowsOf('users')).toEqual(people);
  });

  it.each([
    ['another member', () => other.token],
    ['an administrator', () => admin.token],
  ])("should answer %s with a person's id exactly as with a missing one", async (_, token) => {
    owned = { ...owned, ...(await aConversationOf(owner)) };
    const before = await stored();
    const personal = operations.filter((operation) => PERSONAL.has(idKindOf(operation)));
    for (const operation of personal) {
      for (const accept of ['application/json', 'text/event-stream']) {
        const foreign = await call(operation, owned, token(), accept);
        const missing = await call(operation, MISSING, token(), accept);
        expect({ name: operation.name, ...comparable(foreign) }).toEqual({
          name: operation.name,
          ...comparable(missing),
        });
        expect({ name: operation.name, status: foreign.status }).toEqual({
          name: operation.name,
          status: 404,
        });
      }
    }
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['person', 'user', 'USER.NOT_FOUND'],
    ['limit', 'limit', 'LIMIT.NOT_FOUND'],
    ['built-in command', 'builtIn', 'COMMAND.NOT_FOUND'],
    ['download', 'download', 'DOWNLOAD.NOT_UNDER_WAY'],
    ['policy', 'policy', 'GUARDRAIL.POLICY_NOT_FOUND'],
  ])('should answer an administrator 404 for a %s who does not exist', async (_, kind, code) => {
    const answers = await gather(
      operations.filter((operation) => idKindOf(operation) === kind),
      async (operation) => errorOf(await call(operation, MISSING, admin.token)).code,
    );
    expect(new Set(Object.values(answers))).toEqual(new Set([code]));
  });

  it('should let the owner use every route with an id', async () => {
    const answers = await gather(
      operations.filter((operation) => idKindOf(operation)),
      async (operation) => {
        const ids = { ...MISSING, ...(await somethingNew(idKindOf(operation))) };
        const { token } = PERSONAL.has(idKindOf(operation)) ? owner : admin;
        const answer = await call(operation, ids, token);
        return answer.status < 400 ? 'done' : errorOf(answer).code;
      },
    );
    expect(answers).toEqual({
      ...Object.fromEntries(Object.keys(answers).map((name) => [name, 'done'])),
      'POST /api/posts/{id}/continue': 'POST.NOTHING_TO_CONTINUE',
      'POST /api/documents/{id}/retry': 'DOCUMENT.NOT_FAILED',
      'POST /api/documents/{id}/refresh': 'DOCUMENT.KIND',
      'POST /api/guardrails/policies/{id}/compare': 'GUARDRAIL.NO_PROMPT',
    });
  });
});
