/** Who may import whom. `npm run fences` fails on anything else; docs/architecture explains why. */

/** An error when `from` imports `to`. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const BACKEND = '^backend/src/';
const ground = `${BACKEND}(config|platform)/`;
const capability = `${BACKEND}(posts|conversations|commands|summaries|usage|limits|guardrails|collections|ingest|embeddings|knowledge|fetching|reading|web-search|llm|tracing)/`;
const tests = '\\.(spec|integration-spec|e2e-spec)\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    forbid(
      'no-cycles',
      'Two files that need each other are one idea or three.',
      {},
      {
        circular: true,
      },
    ),
    forbid(
      'no-orphans',
      'Nothing imports it: it is dead or forgotten.',
      {
        orphan: true,
        pathNot: ['\\.d\\.ts$', tests, 'main\\.ts$', 'theme.*\\.ts$', '\\.json$'],
      },
      {},
    ),
    forbid('not-resolvable', 'The import leads nowhere.', {}, { couldNotResolve: true }),

    forbid(
      'db-is-the-ground',
      'db knows no other project.',
      { path: '^db/' },
      {
        path: '^(backend|frontend)/',
      },
    ),
    forbid(
      'backend-not-frontend',
      'They meet at HTTP only.',
      { path: '^backend/' },
      {
        path: '^frontend/',
      },
    ),
    forbid(
      'frontend-alone',
      'They meet at HTTP only.',
      { path: '^frontend/src/' },
      {
        path: '^(backend|db)/',
      },
    ),
    forbid(
      'db-by-its-door',
      'Import #db, never a file of it.',
      { path: '^backend/src/' },
      {
        path: '^db/src/(?!index\\.ts$)',
      },
    ),

    forbid(
      'ground-stands-alone',
      'config and platform know no feature.',
      { path: ground },
      {
        path: `${BACKEND}(?!config/|platform/)[^/]+/`,
      },
    ),
    forbid(
      'capabilities-below-engine',
      'An arrow only ever points down.',
      { path: capability },
      {
        path: `${BACKEND}(answering|doors)/`,
      },
    ),
    forbid(
      'engine-below-doors',
      'An arrow only ever points down.',
      {
        path: `${BACKEND}answering/`,
      },
      { path: `${BACKEND}doors/` },
    ),
    forbid(
      'llm-stands-alone',
      'A model knows nothing of who asks.',
      { path: `${BACKEND}llm/` },
      {
        path: `${BACKEND}(posts|conversations|summaries|usage|limits|guardrails|embeddings|knowledge|auth|users|tracing)/`,
      },
    ),
    forbid(
      'model-files-stand-alone',
      'Getting a model knows nothing of who asks it.',
      {
        path: `${BACKEND}model-files/`,
      },
      {
        path: `${BACKEND}(?!model-files/|llm/|config/|platform/)[^/]+/`,
      },
    ),
    forbid(
      'fetching-stands-alone',
      'The guarded door knows nothing of who goes through it.',
      { path: `${BACKEND}fetching/` },
      {
        path: `${BACKEND}(?!fetching/|config/|platform/)[^/]+/`,
      },
    ),
    forbid(
      'reading-stands-alone',
      'What a page says does not depend on who asks.',
      { path: `${BACKEND}reading/` },
      {
        path: `${BACKEND}(?!reading/|config/|platform/)[^/]+/`,
      },
    ),
    forbid(
      'langchain-in-llm',
      'The rest of Prosa sees ChatModel only.',
      {
        path: BACKEND,
        pathNot: `${BACKEND}llm/`,
      },
      { path: 'node_modules/(@langchain|openai|@aws-sdk)/' },
    ),
    forbid(
      'langsmith-in-tracing',
      'Only guarded text goes to LangSmith, by one way.',
      {
        path: BACKEND,
        pathNot: `${BACKEND}tracing/`,
      },
      { path: 'node_modules/langsmith/' },
    ),
    forbid(
      'tracing-is-told',
      'It asks nobody: what is traced is handed to it, and guarded.',
      {
        path: `${BACKEND}tracing/`,
      },
      {
        path: `${BACKEND}(?!tracing/|config/|platform/|guardrails/guarded)[^/]+/`,
      },
    ),
    forbid(
      'typeorm-in-repositories',
      'A query belongs to a repository.',
      {
        path: BACKEND,
        pathNot: [
          '\\.repository\\.ts$',
          tests,
          `${BACKEND}(app|app\\.module)\\.ts$`,
          `${BACKEND}platform/platform\\.module\\.ts$`,
          `${BACKEND}usage/usage-ledger\\.ts$`,
        ],
      },
      { path: 'node_modules/(typeorm|@nestjs/typeorm)/' },
    ),
    forbid(
      'pure-rules',
      'What decides something needs no framework.',
      {
        path: '\\.rules\\.ts$',
      },
      {
        path: 'node_modules/(@nestjs|typeorm|@langchain|fastify|@angular|rxjs)/',
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid(
      'pure-rules-only',
      'A rule that imports a repository or a service is not pure.',
      {
        path: '\\.rules\\.ts$',
      },
      { path: '\\.(repository|service|controller|module)\\.ts$' },
    ),
    forbid(
      'tests-stay-out',
      'The product does not import its tests.',
      {
        path: '^(backend|db|frontend)/src/',
        pathNot: tests,
      },
      { path: `(^(backend|db|frontend)/(test|bench|e2e)/)|${tests}` },
    ),

    forbid(
      'ui-knows-nothing',
      'ui/ knows no feature and no API.',
      {
        path: '^frontend/src/app/ui/',
      },
      { path: '^frontend/src/app/(?!ui/)' },
    ),
    forbid(
      'api-knows-no-feature',
      'api/ serves the features.',
      {
        path: '^frontend/src/app/api/',
      },
      {
        path: '^frontend/src/app/(auth|chat|guardrails|history|admin|limits|settings|setup|usage|knowledge)/',
      },
    ),
    forbid(
      'http-in-api',
      'Components and stores call api/, never HttpClient.',
      {
        path: '^frontend/src/app/(chat|guardrails|history|admin|knowledge|limits|settings|usage|ui)/',
        pathNot: tests,
      },
      { path: 'node_modules/@angular/common/.*http' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'backend/tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
    },
  },
};
