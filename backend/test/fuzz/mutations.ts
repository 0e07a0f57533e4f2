import { gzipSync } from 'node:zlib';
import type { Draft } from './draft.js';
import type { Random } from './random.js';
import { hostileJson, hostileText } from './values.js';

/** One way to spoil a request. */
export interface Mutation {
  readonly name: string;
  /** Whether there is something of the kind in the request. */
  readonly fits: (draft: Draft) => boolean;
  readonly apply: (draft: Draft, random: Random) => void;
}

const MIB = 1024 * 1024;
const always = () => true;
const hasFields = ({ fields }: Draft) => fields !== undefined && fields.length > 0;

/** Text in an address: as UTF-8, as single bytes, or as it is. */
function encoded(random: Random): string {
  const text = hostileText(random).slice(0, 2000);
  const bytes = [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`);
  return random.chance(0.2) ? text.replace(/[^!-~]|[#?/]/g, '') : bytes.join('');
}

const IDS = [
  '0', '-1', '-0', '1', '2147483647', '2147483648', '4294967297', '9007199254740993',
  '9'.repeat(400), '1e3', '1.0', '0x1', '01', '+1', '%201', '1%0a', '1%00', '%00', 'abc', 'NaN',
  '%2e%2e', '%2e%2e%2f%2e%2e', '..', '.', '%', '%zz', '%c0%af', '%ed%a0%80', '%ff', '%D9%A1',
  '%F0%9F%98%80', '1;2', '1,2', '[1]', '*', 'trash', 'a'.repeat(201), 'a'.repeat(15_000),
]; // prettier-ignore

const QUERY_VALUES = [
  '', '0', '-1', '101', '1e9', '1e400', '9'.repeat(300), '%00', '%ed%a0%80', '%ff%fe', '%', '%zz',
  'null', 'true', '+', '%2B', '%26', '%3D', 'a%00b', '%F0%9F%98%80', 'LjE3MDAwMDAwMDAwMDAuOTk5OTk5OTk5OQ',
  'Lg', 'Li4u', 'cC45OTk5OTk5OTk5OTk5OTkuMQ', Buffer.from('.1.2147483648').toString('base64url'),
  Buffer.from('pinned.1700000000000.1').toString('base64url'), Buffer.from('.0.0').toString('base64url'),
]; // prettier-ignore

const HEADERS: Readonly<Record<string, readonly string[]>> = {
  'accept-language': [
    '', '*', 'xx', 'en;q=0', 'pt-BR;q=1e9, en;q=NaN', ';;;,,,', 'en;q=0.9.9', 'EN-us',
    'a,'.repeat(5000), `${'-'.repeat(9000)}`, '\xff\xfe', 'en\tpt', 'constructor', '__proto__',
  ],
  'last-event-id': [
    '', '0', '-1.0', '1.5.9', '999999999.999999999', '1e3.1', 'a.b', '\xd9\xa3.3', '0.0; x',
    '9'.repeat(400), '9007199254740993.9007199254740993', '.', 'NaN.NaN', '__proto__',
  ],
  'idempotency-key': [
    '', ' ', 'a', 'a b', '\xe7', 'k'.repeat(200), 'k'.repeat(201), 'k'.repeat(8000), '%00',
    "' OR '1'='1", 'K', '😀',
  ],
  authorization: [
    '', 'Bearer', 'Bearer ', 'bearer x', 'Basic YTpi', 'Bearer a.b.c', 'Bearer eyJhbGciOiJub25lIn0.e30.',
    'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.', `Bearer ${'a'.repeat(9000)}`, 'Bearer \xff',
    'Bearer null', 'Bearer [object Object]', 'Digest x', 'Bearer x, Bearer y', 'Bearer __proto__',
  ],
  'content-type': [
    '', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x',
    'application/json; charset=utf-16', 'application/json;charset=', 'application/json; charset=nonsense',
    'APPLICATION/JSON', 'application/json/x', 'application/problem+json', 'json', ';', '\xff',
    'application/json, application/json', `application/${'x'.repeat(5000)}`, '__proto__', 'constructor',
  ],
  'content-encoding': ['gzip', 'br', 'deflate', 'identity', 'zstd', 'x'.repeat(5000), '__proto__'],
  accept: ['', '*/*', 'text/event-stream', 'text/html', ';q=9', 'a/b,'.repeat(2000), '\xff', 'text/event-stream;q=0'],
  'accept-encoding': ['*', 'gzip;q=NaN', 'br,gzip', '\xff'],
  cookie: [
    'prosa_refresh=', 'prosa_refresh=a', `prosa_refresh=${'a'.repeat(4000)}`, 'prosa_refresh=%', 'prosa_refresh=%00',
    '=;=;;', '__proto__=1; constructor=2', 'a'.repeat(8000), '__Host-prosa_refresh=%ff', 'prosa_refresh=a; prosa_refresh=b',
  ],
  origin: ['null', '', 'http://evil.example', 'http://', 'file://', '\xff', 'http://127.0.0.1:1'],
  'sec-fetch-site': ['cross-site', 'none', '\xff'],
  'x-request-id': ['', 'a'.repeat(65), '../../x', '\xff', '<b>', 'a b'],
  'x-forwarded-for': ['', 'unknown', '::', '::ffff:1.2.3.4', '999.999.999.999', 'a,'.repeat(2000), '\xff', '1::2::3', 'fe80::1%eth0'],
  'x-forwarded-proto': ['https', 'javascript', '\xff'],
  'x-forwarded-host': ['evil.example', '\xff', ''],
  host: ['', 'evil.example', 'a'.repeat(4000), '[::', '\xff', 'localhost:99999'],
  'if-none-match': ['*', '"x"', 'W/', '\xff'],
  'if-modified-since': ['x', 'Thu, 01 Jan 99999 00:00:00 GMT', '0'],
  range: ['bytes=0-', 'bytes=-1', 'bytes=9-1', 'x'],
  expect: ['100-continue', 'x'],
  upgrade: ['websocket', 'h2c', ''],
  'user-agent': ['', 'a'.repeat(9000), '\xff\xfe', '\u00f0\u009f\u0098', 'a\tb'],
  'x-http-method-override': ['DELETE', '\xff'],
}; // prettier-ignore

const METHODS = ['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'POST', 'GET', 'TRACE', 'PROPFIND', 'M-SEARCH', 'QUERY']; // prettier-ignore

const deep = (open: string, close: string, depth: number) =>
  open.repeat(depth) + close.repeat(depth);

/** Whole bodies, made only when one is sent: some are large. */
const BODIES: readonly (() => string | Buffer)[] = [
  () => '',
  () => 'null',
  () => '[]',
  () => '[{}]',
  () => '"texto"',
  () => '1e400',
  () => '-0',
  () => 'true',
  () => '{',
  () => '{"prompt":"come',
  () => '{}{}',
  () => '{/* */}',
  () => "{'prompt':1}",
  () => '{"":1}',
  () => '\ufeff{}',
  () => deep('[', ']', 100_000),
  () => deep('{"a":', '}', 100_000).replace('}', '1}'),
  () => '['.repeat(100_000),
  () => '{"__proto__":{"polluted":1}}',
  () => '{"constructor":{"prototype":{"polluted":1}}}',
  () => `{${'"a":1,'.repeat(50_000)}"a":1}`,
  () => `{${Array.from({ length: 40_000 }, (_, i) => `"k${String(i)}":1`).join(',')}}`,
  () => `"${'a'.repeat(MIB - 2)}"`,
  () => `"${'a'.repeat(MIB - 1)}"`,
  () => `{"prompt":"${'a'.repeat(MIB)}"}`,
  () => `{"title":"${'\\u0000'.repeat(100)}"}`,
  () => Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
  () => Buffer.from('{"prompt":"texto"}', 'utf16le'),
  () => Buffer.alloc(64),
  () => gzipSync('{}'),
  () => gzipSync(Buffer.alloc(8 * MIB)),
  () => '--x\r\nContent-Disposition: form-data; name="prompt"\r\n\r\na\r\n--x--\r\n',
  () => 'prompt=a&prompt=b',
];

const replaceField = (draft: Draft, random: Random, change: (value: string) => string[]) => {
  const at = random.int(0, (draft.fields?.length ?? 1) - 1);
  draft.fields = draft.fields?.flatMap((field, index) =>
    index === at ? change(field[1]).map((value) => [field[0], value] as const) : [field],
  );
};

const inPath: Mutation = {
  name: 'path',
  fits: ({ path }) => path.size > 0,
  apply(draft, random) {
    const name = random.pick([...draft.path.keys()]);
    draft.path.set(name, random.chance(0.7) ? random.pick(IDS) : encoded(random));
  },
};

const inQuery: Mutation = {
  name: 'query',
  fits: always,
  apply(draft, random) {
    const known = draft.operation.parameters.filter(({ in: where }) => where === 'query');
    const names = [...known.map(({ name }) => name), ...(random.chance(0.2) ? ['surpresa'] : [])];
    const name = names.length > 0 ? random.pick(names) : encoded(random);
    const forms = [
      name,
      name,
      name,
      `${name}[]`,
      `${name}[a]`,
      `${name}[__proto__]`,
      encoded(random),
    ];
    const value = () => (random.chance(0.6) ? random.pick(QUERY_VALUES) : encoded(random));
    draft.query = draft.query.filter(([there]) => there !== name || random.chance(0.2));
    const times = random.chance(0.02) ? 1200 : random.pick([1, 1, 1, 2, 3]);
    for (let n = 0; n < times; n += 1) {
      draft.query.push(times > 3 ? ['a', '1'] : [random.pick(forms), value()]);
    }
  },
};

const inHeaders: Mutation = {
  name: 'header',
  fits: always,
  apply(draft, random) {
    const name = random.pick(Object.keys(HEADERS));
    const value = random.pick(HEADERS[name] ?? ['']);
    draft.headers = draft.headers.filter(([there]) => there.toLowerCase() !== name);
    for (let n = 0; n < random.pick([1, 1, 1, 2]); n += 1) {
      // Characters beyond latin1 go as the bytes of their UTF-8.
      draft.headers.push([
        name,
        Buffer.from(value, /[^\0-\xff]/.test(value) ? 'utf8' : 'latin1').toString('latin1'),
      ]);
    }
  },
};

const inFields: readonly Mutation[] = [
  { name: 'value', fits: hasFields, apply: (draft, random) => { replaceField(draft, random, () => [hostileJson(random)]); } },
  { name: 'missing field', fits: hasFields, apply: (draft, random) => { replaceField(draft, random, () => []); } },
  { name: 'field twice', fits: hasFields, apply: (draft, random) => { replaceField(draft, random, (value) => [value, hostileJson(random)]); } },
  { name: 'wrapped value', fits: hasFields, apply: (draft, random) => { replaceField(draft, random, (value) => [random.pick([`[${value}]`, `{"a":${value}}`, JSON.stringify(value)])]); } },
  {
    name: 'extra field',
    fits: ({ fields }) => fields !== undefined,
    apply(draft, random) {
      const name = random.pick(['isAdmin', 'id', '__proto__', 'constructor', 'toString', 'role', hostileText(random)]);
      draft.fields = [...(draft.fields ?? []), [name, hostileJson(random)]];
    },
  },
]; // prettier-ignore

const wholeBody: Mutation = {
  name: 'body',
  fits: always,
  apply(draft, random) {
    draft.body = Buffer.from(random.pick(BODIES)());
  },
};

const method: Mutation = {
  name: 'method',
  fits: always,
  apply(draft, random) {
    draft.method = random.pick(METHODS);
  },
};

/** What no client sends: cut off, two requests in one, lengths that lie, no HTTP. */
const DAMAGES: readonly ((bytes: Buffer, random: Random) => Buffer | string)[] = [
  (bytes, random) => bytes.subarray(0, random.int(1, bytes.length)),
  (bytes) => Buffer.concat([bytes, bytes]),
  (bytes) => bytes.toString('latin1').replace('\r\n', '\r\ntransfer-encoding: chunked\r\n'),
  (bytes) => bytes.toString('latin1').replace(/content-length: \d+/, 'content-length: 5'),
  (bytes) => bytes.toString('latin1').replace(/content-length: \d+/, 'content-length: -1'),
  (bytes) => bytes.toString('latin1').replace(/content-length: \d+/, 'content-length: 99999999999'),
  (bytes) => bytes.toString('latin1').replace('\r\n', '\r\ncontent-length: 3\r\ncontent-length: 4\r\n'),
  (bytes) => bytes.toString('latin1').replace('\r\n\r\n', '\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'),
  (bytes) => bytes.toString('latin1').replace('\r\n\r\n', '\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX-Trailer: \xff\r\n\r\n'),
  (bytes) => bytes.toString('latin1').replace('HTTP/1.1', 'HTTP/9.9'),
  (bytes) => bytes.toString('latin1').replace('HTTP/1.1', 'HTTP/1.0'),
  (bytes) => bytes.toString('latin1').replace(/\r\n/g, '\n'),
  (bytes) => bytes.toString('latin1').replace('host:', 'host :'),
  (bytes) => bytes.toString('latin1').replace('\r\n', `\r\nx: ${'a'.repeat(20_000)}\r\n`),
  (bytes) => bytes.toString('latin1').replace('\r\n', `\r\n${'x: a\r\n'.repeat(3000)}`),
  (bytes) => bytes.toString('latin1').replace('\r\n', '\r\nx: a\0b\r\n'),
  (bytes) => bytes.toString('latin1').replace(/^(\S+) \S+/, '$1 http://evil.example/api/users'),
  (bytes) => bytes.toString('latin1').replace(/^(\S+) \S+/, '$1 *'),
  (bytes) => bytes.toString('latin1').replace(/^(\S+) (\S+)/, '$1 /$2/'),
  (bytes) => bytes.toString('latin1').replace(/^\S+/, 'CONNECT'),
  (bytes) => bytes.toString('latin1').replace(/^\S+ \S+/, 'PRI *').replace('HTTP/1.1', 'HTTP/2.0'),
  (bytes, random) => Buffer.from(bytes.map((byte) => (random.chance(0.02) ? random.int(0, 255) : byte))),
  (_, random) => Buffer.from(Array.from({ length: random.int(1, 400) }, () => random.int(0, 255))),
]; // prettier-ignore

const damage: Mutation = {
  name: 'wire',
  fits: always,
  apply(draft, random) {
    const spoil = random.pick(DAMAGES);
    draft.damage = (bytes) => {
      const spoilt = spoil(bytes, random);
      return typeof spoilt === 'string' ? Buffer.from(spoilt, 'latin1') : spoilt;
    };
  },
};

/** Every kind, the more telling ones more often. */
const KINDS: readonly (readonly [weight: number, Mutation])[] = [
  [4, inPath],
  [5, inQuery],
  [5, inHeaders],
  ...inFields.map((mutation) => [mutation.name === 'value' ? 10 : 2, mutation] as const),
  [4, wholeBody],
  [2, method],
  [2, damage],
];

/** A mutation that fits the request. */
export function anyMutation(draft: Draft, random: Random): Mutation {
  const fitting = KINDS.filter(([, mutation]) => mutation.fits(draft));
  return random.pick(
    fitting.flatMap(([weight, mutation]) => Array<Mutation>(weight).fill(mutation)),
  );
}
