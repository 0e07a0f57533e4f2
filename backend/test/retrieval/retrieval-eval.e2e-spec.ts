import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../../..');
const LONG_MS = 120_000;

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** The very command of package.json, but for the build before it. */
function evaluate(folder: string): Promise<Ended> {
  const script = join(import.meta.dirname, 'retrieval-eval.ts');
  const sources = join(ROOT, 'tools/typescript-sources.mjs');
  const { DATABASE_URL: _database, OPENSEARCH_URL: _search, ...env } = process.env;
  return new Promise((resolve) => {
    const args = ['--import', sources, script, folder, '--missed'];
    const child = execFile(process.execPath, args, { cwd: ROOT, env }, (_failure, out, error) => {
      resolve({ code: child.exitCode ?? -1, out, error });
    });
  });
}

describe('npm run retrieval:eval', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'question-set-'));
    mkdirSync(join(folder, 'documents/rules'), { recursive: true });
    writeFileSync(
      join(folder, 'documents/rules/kitchen.md'),
      '# Kitchen\n\nThe dishwasher is emptied every morning by whoever arrives first.\n',
    );
    writeFileSync(
      join(folder, 'documents/garagem.txt'),
      'Garagem\n\nO portão da garagem fecha às 23 horas e abre às 6 horas.\n',
    );
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it(
    'should measure a set kept elsewhere, its documents named by path or by name',
    async () => {
      writeFileSync(
        join(folder, 'questions.jsonl'),
        [
          { question: 'When is the dishwasher emptied?', lang: 'en', documents: ['kitchen'] },
          { question: 'Quando fecha o portão da garagem?', expected_docs: 'garagem.txt' },
          { question: 'Qual é a senha do cofre?', documents: [] },
        ]
          .map((question) => JSON.stringify(question))
          .join('\n'),
      );
      const { code, out, error } = await evaluate(folder);
      expect({ code, error }).toEqual({ code: 0, error: '' });
      expect(out).toContain('engine: sqlite');
      expect(out).toContain(
        'all: 3 questions, recall@5 100.0 %, MRR 1.000, evidence@5 –, ' +
          'citation precision 100.0 %, answered 100.0 %, declined 100.0 %',
      );
    },
    LONG_MS,
  );

  it.each([
    ['no questions', {}, 'There are no questions in'],
    [
      'a line that is cut',
      { 'questions.jsonl': '\n{"question": "Wh' },
      'questions.jsonl:2: is not',
    ],
    [
      'a document that is not there',
      { 'questions.csv': 'question,documents\nWhen?,kitchen.md\nWho?,cellar.md' },
      'questions.csv:3: there is no document "cellar.md"',
    ],
    [
      'a question that names no documents',
      { 'questions.json': '[{"question": "When?"}]' },
      'questions.json: question 1: does not say which documents answer it',
    ],
  ])(
    'should say what is wrong with a set that holds %s',
    async (_what, files, said) => {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      const { code, error } = await evaluate(folder);
      expect(code).toBe(2);
      expect(error).toContain(said);
      expect(error).toContain('A folder holds');
    },
    LONG_MS,
  );
});
