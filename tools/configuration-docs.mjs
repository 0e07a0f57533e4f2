// Writes the table of environment variables, made from the schema that checks them, between the
// configuration markers of the documentation and the README. `npm run docs:configuration` writes,
// `npm run docs:configuration -- --check` fails when a table is out of date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as prettier from 'prettier';
import { z } from 'zod';
import { envSchema } from '../backend/src/config/env.schema.ts';

const ROOT = resolve(import.meta.dirname, '..');
const MARKERS = /(<!-- configuration -->\n)[^]*?(<!-- \/configuration -->)/;
const portuguese = JSON.parse(
  readFileSync(join(import.meta.dirname, 'configuration-docs.pt-BR.json'), 'utf8'),
);

const LANGUAGES = {
  en: {
    header: ['Variable', 'Default', 'Description'],
    values: 'One of',
    secret: (name) => `A secret: also as \`${name}_FILE\`.`,
    description: (name, schema) => schema.description,
  },
  'pt-BR': {
    header: ['Variável', 'Padrão', 'Descrição'],
    values: 'Valores:',
    secret: (name) => `Segredo: também como \`${name}_FILE\`.`,
    description: (name) => portuguese[name],
  },
};

/** The words a variable may hold, where there are only a few and they are not true and false. */
function valuesOf(schema) {
  const { enum: values } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return values?.includes('true') ? undefined : values;
}

function row(name, schema, words) {
  const description = words.description(name, schema);
  if (!description) throw new Error(`${name} has no description in ${words.header.join(' | ')}`);
  const fallback = schema.safeParse(undefined).data;
  const values = valuesOf(schema)?.map((value) => `\`${value}\``);
  const text = [
    description,
    ...(values ? [`${words.values} ${values.join(', ')}.`] : []),
    ...(schema.meta()?.secret === true ? [words.secret(name)] : []),
  ].join(' ');
  return `| \`${name}\` | ${fallback === undefined ? '' : `\`${fallback}\``} | ${text.replaceAll('|', '\\|')} |`;
}

function table(language) {
  const words = LANGUAGES[language];
  const rows = Object.entries(envSchema.shape).map(([name, schema]) => row(name, schema, words));
  return [`| ${words.header.join(' | ')} |`, '| --- | --- | --- |', ...rows].join('\n');
}

const unknown = Object.keys(portuguese).filter((name) => !(name in envSchema.shape));
if (unknown.length > 0) throw new Error(`No such variables: ${unknown.join(', ')}`);

const check = process.argv.includes('--check');
const targets = [
  ['docs/en/configuration.md', 'en'],
  ['docs/pt-BR/configuration.md', 'pt-BR'],
  ['README.md', 'en'],
  ['README.pt-BR.md', 'pt-BR'],
];
for (const [file, language] of targets) {
  const path = join(ROOT, file);
  const current = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (!MARKERS.test(current)) {
    if (file.startsWith('docs/')) throw new Error(`${file} has no configuration markers`);
    continue;
  }
  const filled = current.replace(
    MARKERS,
    (_, start, end) => `${start}\n${table(language)}\n\n${end}`,
  );
  const options = await prettier.resolveConfig(path);
  const wanted = await prettier.format(filled, { ...options, filepath: path });
  if (wanted === current) continue;
  if (check) {
    console.error(`${file} is out of date: npm run docs:configuration`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, wanted);
    console.log(`wrote ${file}`);
  }
}
