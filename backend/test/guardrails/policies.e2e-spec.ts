import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { type ApiAnswer, aFirstAdministrator, type TestPerson } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';

const POLICIES = '/api/guardrails/policies';

/** A list of one's own words, and nothing else that differs from Prosa's rails. */
const termsFile = (term: string) => ({
  path: 'rails/blocked_terms.yml',
  text: `lists:\n  - name: ours\n    terms:\n      - ${term}\n`,
});

describe.each(TEST_ENGINES)('versions of the guardrails on %s', (engine) => {
  let app: TestApp;
  let admin: TestPerson;
  beforeAll(async () => {
    app = await startTestApp(engine);
    admin = await aFirstAdministrator(app);
  });
  afterAll(() => app.close());

  const get = async (path: string) => (await admin.client.get(path)).body;
  const status = () => get('/api/guardrails/status');
  const draft = async (term: string, note = ''): Promise<ApiAnswer> => {
    const answer = await admin.client.post(POLICIES, { files: [termsFile(term)], note });
    expect(answer.status).toBe(201);
    return answer;
  };
  const publish = (id: unknown) => admin.client.post(`${POLICIES}/${String(id)}/publish`);
  const tried = async (text: string, which: object = {}) => {
    const body = { ...which, texts: [{ text, stage: 'input' }] };
    const answer = await admin.client.post('/api/guardrails/try', body);
    expect(answer.status).toBe(200);
    return (answer.body['results'] as Record<string, unknown>[])[0];
  };

  it("should begin with Prosa's own", async () => {
    const standing = await status();
    expect(standing).toMatchObject({
      active: { source: 'built-in', publishedBy: null },
      folder: null,
      folderProblems: [],
      judged: [],
    });
    expect(standing['rules']).toMatchObject({ 'blocked-terms': expect.any(Number) });
    const { items } = await get(POLICIES);
    expect(items).toMatchObject([{ source: 'built-in', active: true, createdBy: null }]);
  });

  it('should store a draft, with the files that it leaves out, and the same files once', async () => {
    const { body } = await draft('abacaxi', 'sem frutas');
    expect(body).toMatchObject({
      ...{ source: 'administrator', note: 'sem frutas', createdBy: 'admin' },
      ...{ active: false, publishedAt: null },
    });
    expect((await draft('abacaxi', 'outra nota')).body).toEqual(body);
    const { files } = await get(`${POLICIES}/${String(body['id'])}`);
    const paths = (files as { path: string }[]).map(({ path }) => path);
    expect(paths.slice(0, 2)).toEqual(['config.yml', 'prompts.yml']);
    expect(files).toContainEqual(termsFile('abacaxi'));
    expect((await admin.client.delete(`${POLICIES}/${String(body['id'])}`)).status).toBe(204);
    expect((await admin.client.get(`${POLICIES}/${String(body['id'])}`)).status).toBe(404);
  });

  it('should put a version in force, and roll back by doing so with an older one', async () => {
    const { active: before } = await status();
    const { id } = (await draft('jabuticaba')).body;
    expect(await tried('quero jabuticaba')).toMatchObject({ action: 'pass' });
    expect((await publish(id)).body).toMatchObject({ id, active: true });
    expect(await tried('quero JABUTICABA!')).toMatchObject({ action: 'block' });
    expect((await status())['active']).toMatchObject({ id, publishedBy: 'admin' });
    const refused = await admin.client.delete(`${POLICIES}/${String(id)}`);
    expect(refused.body).toMatchObject({ error: { code: 'GUARDRAIL.POLICY_PUBLISHED' } });

    expect((await publish((before as { id: number }).id)).status).toBe(200);
    expect(await tried('quero jabuticaba')).toMatchObject({ action: 'pass' });
    expect(await tried('quero jabuticaba', { policyId: id })).toMatchObject({ action: 'block' });
  });

  it('should page through the versions, newest first', async () => {
    const made = [];
    for (const term of ['caju', 'umbu']) made.push((await draft(term)).body['id']);
    const first = await get(`${POLICIES}?limit=1`);
    const second = await get(`${POLICIES}?limit=1&cursor=${String(first['nextCursor'])}`);
    const ids = [first, second].map(({ items }) => (items as { id: number }[])[0]?.id);
    expect(ids).toEqual(made.reverse());
  });
});

describe('bad policies', () => {
  let app: TestApp;
  let admin: TestPerson;
  beforeAll(async () => {
    app = await startTestApp();
    admin = await aFirstAdministrator(app);
  });
  afterAll(() => app.close());

  const problemsOf = async (path: string, text: string, language = 'en') => {
    const headers = { 'accept-language': language };
    const files = [{ path, text }];
    const { status, body } = await admin.client.post(
      '/api/guardrails/check',
      { files },
      { headers },
    );
    expect(status).toBe(200);
    return body['problems'] as { file: string; line: number; column: number; message: string }[];
  };

  it.each([
    ['broken YAML', 'lists:\n  - name: "a\n', 3],
    ['an empty list', 'lists:\n  - name: ours\n    terms: []\n', 3],
    ['a name twice', termsFile('um').text + '  - name: ours\n    terms: [dois]\n', 5],
    [
      'a term that would be found everywhere',
      'lists:\n  - name: ours\n    terms:\n      - "*"\n',
      4,
    ],
    ['an unknown key', 'lists: []\nlist: []\n', 2],
    ['an alias bomb', bomb(), 1],
    ['a nest without end', '['.repeat(50_000), 1],
  ])('should say where there is %s, keep what is in force, and live', async (_, text, line) => {
    const problems = await problemsOf('rails/blocked_terms.yml', text);
    expect(problems[0]).toMatchObject({ file: 'rails/blocked_terms.yml', line });
    const files = [{ path: 'rails/blocked_terms.yml', text }];
    const headers = { 'accept-language': 'en' };
    const answer = await admin.client.post(POLICIES, { files }, { headers });
    expect(answer).toMatchObject({
      status: 422,
      body: { error: { code: 'GUARDRAIL.POLICY_INVALID', details: { problems } } },
    });
    const standing = await admin.client.get('/api/guardrails/status');
    expect(standing.body).toMatchObject({ active: { source: 'built-in' } });
  });

  it('should say it in the language of the administrator', async () => {
    const [problem] = await problemsOf('config.yml', 'version: 1\nrails: 3\n', 'pt-BR');
    expect(problem).toEqual({
      ...{ file: 'config.yml', line: 2, column: 8 },
      message: 'deve ser um mapa (linhas de “nome: valor”)',
    });
  });

  it('should name a file that is none of a policy', async () => {
    const [problem] = await problemsOf('rails/greeting.yml', 'answers: []');
    expect(problem?.file).toBe('rails/greeting.yml');
    expect(problem?.message).toMatch(/^is no file of a policy/);
  });

  it('should say of good files how many rules they have', async () => {
    const { body } = await admin.client.post('/api/guardrails/check', {
      files: [termsFile('abacaxi')],
    });
    expect(body).toMatchObject({ problems: [], rules: { 'blocked-terms': 1 } });
  });
});

/** Nine levels of nine aliases each. */
function bomb(): string {
  const names = [...'abcdefghi'];
  const levels = names.map((name, level) => {
    const below = level === 0 ? 'x' : `*${String(names[level - 1])}`;
    return `${name}: &${name} [${Array<string>(9).fill(below).join(', ')}]`;
  });
  return levels.join('\n');
}
