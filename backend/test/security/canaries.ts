import type { OpenAiBehaviour } from '../fakes/openai-server.js';
import { PROVIDER_KEY } from './given.js';

/** What must never be said to a log or to another caller. */
export const CANARY = {
  password: 'canario-senha-9f27c1',
  wrongPassword: 'canario-errada-51aa0e',
  accessKey: 'AKIACANARY7EXAMPLE00',
  secretKey: 'canarySecretKey/9f27c1/51aa0e+b3',
  sessionToken: 'canarySessionToken//////////9f27c1',
  jwtSecret: 'canary-jwt-secret-8b1d2f60a9c34e75-long',
  setupToken: 'canary-setup-token-1e5d',
  serviceToken: 'canary-service-token-77b1c0d4e2f93a68',
  metricsToken: 'canary-metrics-token-3c9e',
  prompt: 'canarioprompt1f meu CPF é 529.982.247-25',
  answer: 'canarioresposta2e',
  title: 'canariotitulo3d',
  search: 'canariobusca4c',
};

/** The prompt as a provider gets it, and may repeat it. */
const SEEN = CANARY.prompt.replace('529.982.247-25', '[CPF_1]');

/** Providers that fail, and tell what they know while they do. */
export const TELLTALE: Readonly<Record<string, OpenAiBehaviour>> = {
  'the key is wrong': {
    status: 401,
    body: JSON.stringify({
      error: { message: `Incorrect API key provided: ${PROVIDER_KEY}.`, code: 'invalid_api_key' },
    }),
  },
  'the prompt is repeated': {
    status: 400,
    body: JSON.stringify({ error: { message: `cannot parse: ${SEEN}` } }),
  },
  'a page with our headers': {
    status: 500,
    headers: { 'content-type': 'text/html' },
    body: `<pre>Authorization: Bearer ${PROVIDER_KEY}\n at handler (/srv/app.js:1:1)</pre>`,
  },
  'half an answer': { words: [CANARY.answer, ' e '], dieAfter: 1 },
  'an error in the stream': {
    raw: [`data: {"error":{"message":"key ${PROVIDER_KEY} \\u2028 was \\r\\n refused"}}\n\n`],
  },
  garbage: { raw: [`data: ${PROVIDER_KEY} ${CANARY.prompt}\n\n`, 'data: {{{\n\n'] },
  'a redirect with the key': {
    status: 302,
    headers: { location: `http://127.0.0.1:1/?key=${PROVIDER_KEY}` },
  },
};
