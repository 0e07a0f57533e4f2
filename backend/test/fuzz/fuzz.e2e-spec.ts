import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ApiDescription } from './api-description.js';
import { requestOf, runCampaign, type Target } from './campaign.js';
import { ROLES, type Scenery } from './draft.js';

/** A route with everything that is fuzzed: an id, a question, a header and a body. */
const API = new ApiDescription({
  paths: {
    '/api/things/{id}': {
      put: {
        parameters: [
          { name: 'id', in: 'path', schema: { type: 'integer' } },
          { name: 'q', in: 'query', schema: { type: 'string' } },
          { name: 'Last-Event-ID', in: 'header', schema: { type: 'string' } },
        ],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/x/Thing' } } } },
        responses: {
          200: { content: { 'application/json': { schema: { $ref: '#/x/Thing' } } } },
          '4XX': { content: { 'application/json': {} } },
        },
      },
    },
  },
  components: {
    schemas: {
      Thing: {
        type: 'object',
        properties: { name: { type: 'string', maxLength: 20 }, size: { type: 'integer' } },
        required: ['name'],
      },
    },
  },
});

const SCENERY: Scenery = {
  host: 'things.example',
  tokenOf: (role) => (role === 'anonymous' ? undefined : `a.token.of-${role}`),
  idFor: (_, __, { nth }) => (nth % 3) + 1,
  spare: (_, __, value) => value,
  address: () => '10.0.0.1',
};

const HEADERS = { 'x-request-id': 'a', 'x-content-type-options': 'nosniff', connection: 'close' };
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const REFUSED = {
  error: {
    code: 'REQUEST.INVALID',
    message: 'Não foi possível entender o pedido. Confira: headers.',
    details: { fields: ['headers'] },
  },
};

/** What a server answers: a status, and a body that is sent as JSON. */
type Reply = readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>];
const REFUSE: Reply = [400, REFUSED];

describe('the fuzzer', () => {
  let server: Server;
  let reply: (request: IncomingMessage, body: string) => Reply | undefined;

  const target = (): Target => ({
    port: (server.address() as AddressInfo).port,
    api: API,
    scenery: SCENERY,
    between: () => Promise.resolve(),
  });

  const faultsFor = async (requests = 150, seed = 7) => {
    const limits = { seed, from: 0, seconds: 30, requests };
    const { findings } = await runCampaign(target(), limits);
    return findings;
  };

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const made = reply(request, Buffer.concat(parts).toString());
      if (!made) {
        request.socket.destroy();
        return;
      }
      const [status, body, headers = {}] = made;
      response.writeHead(status, { ...HEADERS, ...JSON_TYPE, ...headers });
      response.end(JSON.stringify(body));
    });
  };

  beforeEach(async () => {
    reply = () => REFUSE;
    server = createServer(answer);
    server.on('checkExpectation', answer);
    server.on('clientError', (_, socket) => {
      const head = Object.entries({ ...HEADERS, ...JSON_TYPE }).map((pair) => pair.join(': '));
      socket.end(`HTTP/1.1 400 No\r\n${head.join('\r\n')}\r\n\r\n${JSON.stringify(REFUSED)}`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('should find nothing at a server that refuses everything as it should', async () => {
    expect(await faultsFor()).toEqual([]);
  });

  it.each<[string, Reply | undefined, string]>([
    ['a failure', [500, REFUSED], 'status 500'],
    ['no answer at all', undefined, 'no answer'],
    ['a stack', [400, { error: 'at f (/srv/a.js:1:2)' }], 'an error shows what is inside'],
    ['a query', [400, 'SELECT a FROM b WHERE c'], 'an error shows what is inside'],
    ['an error of another form', [400, { message: 'no' }], 'an error without a known code'],
    ['a code with another status', [404, REFUSED], 'REQUEST.INVALID with status 404'],
    ['a page', [400, REFUSED, { 'content-type': 'text/html' }], 'an error of type text/html'],
    ['no request id', [400, REFUSED, { 'x-request-id': '' }], 'no X-Request-Id'],
    ['a status that is not documented', [302, {}], 'status 302 is not in the document'],
    ['a field too many', [200, { name: 'a', secret: 1 }], '$.secret is unknown'],
    ['a field too few', [200, { size: 1 }], '$.name is missing'],
    ['a field of another type', [200, { name: 'a', size: 'b' }], '$.size is no integer'],
  ])('should find %s', async (_, made, fault) => {
    reply = () => made;
    const findings = await faultsFor(20);
    expect(findings.map((finding) => finding.fault).join('\n')).toContain(fault);
  });

  it('should find an answer in another language than was asked for', async () => {
    const message = 'Não foi possível entender o pedido. Confira: body.';
    const details = { fields: ['body'] };
    reply = () => [400, { error: { code: 'REQUEST.INVALID', message, details } }];
    const faults = (await faultsFor(40)).map(({ fault }) => fault);
    expect(faults).toContain('REQUEST.INVALID in another language or words');
  });

  it('should find what one value in one field does, and say how to do it again', async () => {
    reply = ({ url }, body) => (/"name":"[^"]*\\u0000/.test(body) && url ? [500, {}] : REFUSE);
    const found = (await faultsFor(1500)).find(({ fault }) => fault === 'status 500');
    expect(found?.mutations).toHaveLength(1);
    expect(found?.request.toString()).toMatch(/"name":"[^"]*\\u0000/);

    const limits = { seed: 7, from: Number(found?.number), seconds: 30, requests: 1 };
    const again = await runCampaign(target(), limits);
    expect(again.findings).toContainEqual(found && { ...found, times: 1 });
  });

  it('should make the same requests of the same seed, and others of another', () => {
    const bytes = (seed: number) =>
      Buffer.concat(
        Array.from({ length: 200 }, (_, n) => requestOf(seed, n, target()).request.bytes),
      );
    expect(bytes(1).equals(bytes(1))).toBe(true);
    expect(bytes(1).equals(bytes(2))).toBe(false);
  });

  it('should ask as everybody, and spoil every part of a request', () => {
    const made = Array.from({ length: 2000 }, (_, n) => requestOf(3, n, target()));
    expect(new Set(made.map(({ request }) => request.role))).toEqual(new Set(ROLES));
    expect(new Set(made.flatMap(({ mutations }) => mutations))).toEqual(
      new Set(['path', 'query', 'header', 'value', 'missing field', 'field twice', 'wrapped value',
        'extra field', 'body', 'method', 'wire']),
    ); // prettier-ignore
  });
});
