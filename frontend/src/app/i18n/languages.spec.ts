import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import en from './en.json' with { type: 'json' };
import { chooseLanguage } from './language.rules';
import pt from './pt-BR.json' with { type: 'json' };
import { dayOf, exactTime, relativeTime } from './when.rules';

type Texts = Readonly<Record<string, unknown>>;

function flatten(texts: Texts, prefix = ''): Readonly<Record<string, string>> {
  return Object.assign(
    {},
    ...Object.entries(texts).map(([key, value]) =>
      typeof value === 'string'
        ? { [prefix + key]: value }
        : flatten(value as Texts, `${prefix}${key}.`),
    ),
  ) as Record<string, string>;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|html)$/.test(name) && !name.includes('.spec.'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

const portuguese = flatten(pt);
const english = flatten(en);
const names = (text: string): string[] => [...text.matchAll(/{{\s*(\w+)\s*}}/g)].map(([m]) => m);

describe('language files', () => {
  it('should have the same keys in each language', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(portuguese).sort());
  });

  it('should name the same values in each language, and leave no text empty', () => {
    for (const [key, text] of Object.entries(portuguese)) {
      expect([key, names(english[key] ?? '').sort()]).toEqual([key, names(text).sort()]);
      expect(text.trim()).not.toBe('');
    }
  });

  it('should have every key that the app uses, and no other', () => {
    const code = sources(join(import.meta.dirname, '..')).join('\n');
    const used = new Set(
      [...code.matchAll(/['`]([a-zA-Z]+\.[a-zA-Z][\w-]*)['`]/g)].map(([, key]) => key ?? ''),
    );
    // Keys put together from a beginning and a value: 'people.role-' + person.role.
    const prefixes = [...code.matchAll(/['"`]([a-zA-Z]+\.[a-z-]*)(?:['"] ?\+|\$\{)/g)].map(
      ([, prefix]) => prefix ?? '',
    );
    const known = Object.keys(portuguese);
    const groups = new Set(known.map((key) => key.split('.')[0]));
    const isText = (key: string): boolean => groups.has(key.split('.')[0]) && !(key in portuguese);
    const isPath = (key: string): boolean => /\.(ts|json|css|html|js)$/.test(key);
    const isBeginning = (key: string): boolean => prefixes.includes(key);
    expect([...used].filter((key) => isText(key) && !isPath(key) && !isBeginning(key))).toEqual([]);
    const unused = known.filter(
      (key) =>
        !used.has(key) && key !== 'product' && !prefixes.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });
});

describe(chooseLanguage.name, () => {
  it.each([
    [['en', 'pt-BR'], ['pt-PT'], 'en'],
    [[null, null], ['pt-PT', 'en'], 'pt-BR'],
    [[null], ['en-GB'], 'en'],
    [[null, 'xx'], ['de', 'en-US'], 'en'],
    [[], [], 'pt-BR'],
    [[], ['de'], 'pt-BR'],
  ])('should choose from %j and the browser’s %j: %s', (wishes, browser, expected) => {
    expect(chooseLanguage(wishes, browser)).toBe(expected);
  });
});

describe(relativeTime.name, () => {
  const now = Date.UTC(2026, 10, 20, 12);

  it('should speak in minutes, hours and days, then dates', () => {
    expect(relativeTime(now - 5 * 60_000, now, 'pt-BR')).toBe('há 5 minutos');
    expect(relativeTime(now - 3 * 3_600_000, now, 'en')).toBe('3 hours ago');
    expect(relativeTime(now - 26 * 3_600_000, now, 'pt-BR')).toBe('ontem');
    expect(relativeTime(now - 20 * 86_400_000, now, 'en')).toMatch(/Oct 31, 2026/);
    expect(relativeTime(now + 5000, now, 'pt-BR')).toBe('agora');
  });

  it('should give the day alone', () => {
    expect(dayOf(now, 'pt-BR')).toBe('20 de nov. de 2026');
    expect(dayOf(now, 'en')).toBe('Nov 20, 2026');
  });

  it('should give the exact time in full', () => {
    expect(exactTime(now, 'pt-BR')).toMatch(/novembro de 2026/);
  });
});
