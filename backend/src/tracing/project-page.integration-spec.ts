import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type LangSmithServer, startLangSmithServer } from '../../test/fakes/langsmith-server.js';
import { aTrace } from '../../test/tracing/a-trace.js';
import { eventually, LANGSMITH_KEY, PROJECT } from '../../test/tracing/traced-app.js';
import { LangSmith } from './langsmith.js';
import { ProjectPage } from './project-page.js';

describe(ProjectPage.name, () => {
  let server: LangSmithServer;
  const trace = aTrace();
  const place = () => ({
    apiKey: LANGSMITH_KEY,
    endpoint: server.url,
    project: PROJECT,
    workspaceId: undefined,
  });
  const lookups = () => server.requests.filter(({ path }) => path.startsWith('/sessions'));

  beforeEach(async () => {
    server = await startLangSmithServer();
  });
  afterEach(() => server.close());

  /** The first trace makes the project. */
  async function makeProject(): Promise<void> {
    const hidden = { inputs: false, outputs: false };
    await new LangSmith({ ...place(), hidden, secrets: [] }).send([trace]);
  }

  it('should give the address of a trace, found by one request', async () => {
    await makeProject();
    const page = new ProjectPage(place());
    expect(page.urlOf(trace.id)).toBeNull();
    await eventually(() => page.urlOf(trace.id) !== null);
    expect(page.urlOf(trace.id)).toMatch(
      new RegExp(`^http://localhost:3000/o/[\\w-]+/projects/p/[\\w-]+/r/${trace.id}\\?poll=true$`),
    );
    expect(lookups()).toHaveLength(1);
    expect(lookups()[0]?.path).toContain(`name=${PROJECT}`);
    expect(lookups()[0]?.headers['x-api-key']).toBe(LANGSMITH_KEY);
  });

  it('should find a project later that its first trace makes', async () => {
    const page = new ProjectPage(place(), 0);
    page.urlOf(trace.id);
    await eventually(() => lookups().length === 1);
    await makeProject();
    await eventually(() => page.urlOf(trace.id) !== null);
  });

  it('should not ask again at once where nothing was found', async () => {
    const page = new ProjectPage(place());
    page.urlOf(trace.id);
    await eventually(() => lookups().length === 1);
    for (let n = 0; n < 50; n += 1) expect(page.urlOf(trace.id)).toBeNull();
    // A request that was to follow would have come by the time another one is answered.
    await makeProject();
    expect(lookups()).toHaveLength(1);
  });

  it.each([
    ['refuses', { status: 403 }],
    ['fails', { status: 500 }],
    ['sends elsewhere', { status: 302, headers: { location: 'http://127.0.0.1:9/' } }],
    ['is silent', { silent: true }],
  ])('should know no address and disturb nobody while LangSmith %s', async (_, behaviour) => {
    await makeProject();
    server.script(behaviour);
    const page = new ProjectPage(place(), 0);
    page.urlOf(trace.id);
    await eventually(() => lookups().length > 0);
    expect(page.urlOf(trace.id)).toBeNull();
    server.script({});
    server.cut();
    await eventually(() => page.urlOf(trace.id) !== null);
    page.stop();
  });
});
