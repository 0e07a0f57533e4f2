import type { ApiDescription, Schema } from './api-description.js';
import type { Random } from './random.js';

const PLAIN = [
  'Olá',
  'Como conecto o Bedrock?',
  'a',
  'O que é o Prosa?',
  'Backup do banco',
  'teste',
];

/** Text that has broken something somewhere: storage, search, case, shells, templates, pages. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff',
  '\ufeff',
  '\uffff',
  '\u0085\u2028\u2029\u202e\u200d',
  '😀'.repeat(120),
  '👨‍👩‍👧‍👦'.repeat(30),
  'e' + '\u0301'.repeat(1000),
  // One character that becomes two, or eighteen, when its case or form is changed.
  'İ'.repeat(255),
  'ß'.repeat(200),
  'ﷺ'.repeat(200),
  'ﬃ'.repeat(85),
  'a'.repeat(200),
  'a'.repeat(201),
  'a'.repeat(255),
  'a'.repeat(256),
  '漢'.repeat(255),
  '𠜎'.repeat(255),
  'a'.repeat(70_000),
  'a '.repeat(30_000),
  "' OR '1'='1",
  '"; DROP --',
  "\\'",
  '%',
  '_%_',
  '\\',
  '"',
  '"a" NEAR(b, c)',
  'a* AND NOT (b OR',
  'title:a',
  '((((',
  "'a' & 'b' | !c:*",
  '+a -b ~c <d >e @5',
  '-',
  '*',
  '${7*7}{{7*7}}<%= 7*7 %>',
  '../../../../etc/passwd',
  '<script>alert(1)</script>',
  '\r\nX-Injected: 1',
  '__proto__',
  'constructor',
  'toString',
  '1e400',
  'NaN',
  'null',
  'undefined',
  '[object Object]',
];

/** JSON for one value, some of it no JSON at all. */
const HOSTILE_TOKENS = [
  '1e400',
  '-1e400',
  '-0',
  '0',
  '-1',
  '1.5',
  '1e-400',
  '2147483647',
  '2147483648',
  '-2147483649',
  '9007199254740993',
  '99999999999999999999999999',
  'NaN',
  'Infinity',
  '0x10',
  '01',
  '.5',
  'undefined',
  "'a'",
  '"\\ud800"',
  '"\\u0000"',
  '"\\x41"',
  '"\t"',
  'true',
  'false',
  'null',
  '[]',
  '[[]]',
  '[null]',
  '{}',
  '{"a":1}',
  '{"__proto__":1}',
  '{"toString":1}',
  '{"length":1e9}',
  '',
];

/** Text that means harm, or random characters of every plane. */
export function hostileText(random: Random): string {
  if (random.chance(0.75)) {
    return random.pick(HOSTILE_TEXTS);
  }
  const planes = [0x7f, 0x7ff, 0xffff, 0x10ffff] as const;
  return Array.from({ length: random.int(1, 300) }, () =>
    String.fromCodePoint(random.int(0, random.pick(planes))),
  ).join('');
}

/** JSON of a value that a field most likely does not want. */
export const hostileJson = (random: Random): string =>
  random.chance(0.5) ? random.pick(HOSTILE_TOKENS) : JSON.stringify(hostileText(random));

/** A value that the schema accepts. */
export function validValue(random: Random, given: Schema, api: ApiDescription): unknown {
  const schema = api.resolved(given);
  if (schema.nullable && random.chance(0.15)) {
    return null;
  }
  if (schema.enum) {
    return random.pick(schema.enum);
  }
  if (schema.anyOf) {
    return validValue(random, random.pick(schema.anyOf), api);
  }
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(validFields(random, schema, api));
    case 'array':
      return [validValue(random, schema.items ?? {}, api)];
    case 'boolean':
      return random.chance(0.5);
    case 'integer':
    case 'number': {
      const least = Math.max(schema.minimum ?? 0, -10);
      return random.chance(0.1) ? (schema.maximum ?? 9) : random.int(least, least + 9);
    }
    default: {
      const { minLength = 0, maxLength = 10_000 } = schema;
      const text = random.chance(0.1)
        ? 'ã'.repeat(Math.min(maxLength, 10_000))
        : random.pick(PLAIN);
      return text.padEnd(minLength, '.').slice(0, maxLength);
    }
  }
}

/** The fields of an object that the schema accepts: all it requires, some that it allows. */
export function validFields(
  random: Random,
  given: Schema,
  api: ApiDescription,
): [name: string, value: unknown][] {
  const { properties = {}, required = [] } = api.resolved(given);
  return Object.entries(properties)
    .filter(([name]) => required.includes(name) || random.chance(0.5))
    .map(([name, schema]) => [name, validValue(random, schema, api)]);
}
