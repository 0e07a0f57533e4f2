import type { TestApp } from '../harness/test-app.js';
import { exampleOf, type Ids, type Operation, pathOf } from './api-operations.js';
import { send, type WireAnswer } from './wire.js';

/** Routes that need no sign-in. A new one must be put here by somebody who means it. */
export const PUBLIC = [
  'POST /api/auth/login',
  'POST /api/auth/refresh',
  'POST /api/auth/logout',
  'POST /api/auth/logout-all',
  'GET /api/setup',
  'POST /api/setup',
  'POST /auth/login',
  'GET /health',
  'GET /health/live',
  'GET /health/ready',
];

/** Bodies that would do something, where the smallest one would not. */
export const BODIES: Readonly<Record<string, unknown>> = {
  changeConversation: { title: 'Tomada por outra pessoa', pinned: true },
  changeCommand: { title: 'Tomado por outra pessoa' },
  changeBuiltInCommand: { text: 'Outra coisa' },
  changeUser: { displayName: 'Nome trocado' },
  createUser: { username: 'pessoa.nova', password: 'uma senha longa e boa' },
  giveConsent: { given: false },
  changeCollection: { name: 'Tomada por outra pessoa', visibility: 'everyone' },
  putCollectionPeople: { people: [] },
  changeDocument: { title: 'Tomado por outra pessoa' },
  // A name that nobody has (RFC 6761): it is not known whether it leads anywhere.
  addDocumentPage: { url: 'https://pagina.invalid/' },
  addAttachmentPage: { url: 'https://pagina.invalid/' },
  reportRails: { wrong: true },
  putLimit: { scope: 'team', measure: 'tokens', period: 'month', amount: 1_000_000_000 },
};

/** What must stay as it is when somebody else tries. */
export const KEPT_TABLES = [
  'conversation',
  'posts',
  'runs',
  'feedback',
  'training_pairs',
  'post_sources',
  'summaries',
  'commands',
  'users',
  'limits',
  'collections',
  'collection_shares',
  'documents',
  'document_versions',
  'document_parts',
  'guardrail_events',
  'conversation_masks',
  'guardrail_policies',
  'guardrail_publications',
];

/** One file, as a browser sends it. */
const FORM = [
  '--limite',
  'Content-Disposition: form-data; name="file"; filename="notas.txt"',
  '',
  'trinta dias',
  '--limite--',
  '',
].join('\r\n');

/** Who calls which operation with which ids. */
interface Call {
  readonly operation: Operation;
  readonly ids: Ids;
  readonly token?: string | undefined;
  readonly accept?: string | undefined;
}

/** Calls an operation with a body that it accepts. */
export function callOperation(
  app: Pick<TestApp, 'url'>,
  { operation, ids, token, accept = 'application/json' }: Call,
): Promise<WireAnswer> {
  const body = BODIES[operation.id] ?? exampleOf(operation.body);
  const written = body === undefined ? undefined : JSON.stringify(body);
  return send(app, {
    method: operation.method,
    path: pathOf(operation, ids),
    token,
    headers: operation.takesFile
      ? { accept, 'content-type': 'multipart/form-data; boundary=limite' }
      : { accept },
    body: operation.takesFile ? FORM : written,
  });
}
