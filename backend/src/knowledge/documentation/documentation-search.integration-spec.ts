import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test } from '@nestjs/testing';
import { QUOTES_FRAMING } from '../../llm/providers/quotes-framing.js';
import { PACKAGE_ROOT } from '../../platform/package-root.js';
import {
  evaluate,
  FLOORS,
  isExpected,
  readQuestions,
  scoreOf,
} from '../../../test/quotes/evaluation.js';

import { readDocumentation } from './documentation-files.js';
import { DocumentationIndex } from './documentation-index.js';
import { DOCUMENTATION_FOLDER, DocumentationSearch } from './documentation-search.js';
import { DocumentationModule } from './documentation.module.js';

const DOCS = join(PACKAGE_ROOT, 'docs');
const passages = readDocumentation(DOCS);

const searchIn = async (folder?: string): Promise<DocumentationSearch> => {
  const builder = Test.createTestingModule({ imports: [DocumentationModule] });
  if (folder !== undefined) builder.overrideProvider(DOCUMENTATION_FOLDER).useValue(folder);
  const module = await builder.compile();
  await module.init();
  return module.get(DocumentationSearch);
};

describe(DocumentationSearch.name, () => {
  it('should find the passage on Bedrock in the documentation of this checkout', async () => {
    const search = await searchIn();
    const [best] = search.search('Como conecto o Bedrock?', { locale: 'pt-BR', limit: 3 });
    expect(best?.document).toBe('docs/pt-BR/connect-a-model.md');
    expect(best?.text).toContain('LLM_MODELS=bedrock/');
  });

  it('should serve on without documentation, finding nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'prosa-docs-'));
    try {
      const search = await searchIn(folder);
      expect(search.search('Bedrock', { locale: 'en', limit: 3 })).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('questions people ask', () => {
  const documentation = new DocumentationIndex(passages);
  const questions = readQuestions(join(PACKAGE_ROOT, 'backend/test/quotes'));
  const outcomes = evaluate(questions, documentation);

  it.each(['pt-BR', 'en'] as const)('should get the right passage first in %s', (locale) => {
    const asked = outcomes.filter(
      ({ question }) => question.locale === locale && question.expect !== null,
    );
    expect(asked).toHaveLength(30);
    expect(scoreOf(asked).first).toBeGreaterThanOrEqual(FLOORS.first);
  });

  it('should be declined when they are not about Prosa', () => {
    const offTopic = outcomes.filter(({ question }) => question.expect === null);
    expect(offTopic).toHaveLength(20);
    expect(scoreOf(offTopic).first).toBeGreaterThanOrEqual(FLOORS.declined);
  });

  it.each([
    ['pt-BR', ['connect-a-model', 'connect-a-model', 'database', 'configuration']],
    ['en', ['connect-a-model', 'connect-a-model', 'database', 'configuration']],
  ] as const)('should be answered where the app itself proposes them (%s)', (locale, documents) => {
    const file = join(PACKAGE_ROOT, `frontend/src/app/i18n/${locale}.json`);
    const { starters } = JSON.parse(readFileSync(file, 'utf8')) as {
      starters: Record<string, string>;
    };
    const proposed = ['docs1', 'docs2', 'docs3', 'docs4'].map((key) => starters[key] ?? '');
    const found = proposed.map(
      (question) => documentation.search(question, { locale, limit: 1 })[0]?.document,
    );
    expect(found).toEqual(documents.map((name) => `docs/${locale}/${name}.md`));
  });

  it.each(['pt-BR', 'en'] as const)(
    'should be answered where quotes proposes them (%s)',
    (locale) => {
      const unanswered = QUOTES_FRAMING[locale].examples.filter(
        (question) => documentation.search(question, { locale, limit: 1 }).length === 0,
      );
      expect(unanswered).toEqual([]);
    },
  );

  it('should name passages that exist', () => {
    const missing = questions
      .flatMap(({ expect: expected }) => expected ?? [])
      .filter((each) => !passages.some((passage) => isExpected(passage, each)));
    expect(missing).toEqual([]);
  });
});

describe('the documentation', () => {
  const files = readdirSync(join(DOCS, 'en'));

  it('should have the same documents in both languages', () => {
    expect(readdirSync(join(DOCS, 'pt-BR'))).toEqual(files);
  });

  it.each(files)('should have as many sections and commands of %s in both languages', (file) => {
    const shape = (language: string) => {
      const text = readFileSync(join(DOCS, language, file), 'utf8');
      return {
        sections: text.match(/^## /gm)?.length,
        blocks: text.match(/^```\w+$/gm),
      };
    };
    expect(shape('pt-BR')).toEqual(shape('en'));
  });

  it('should say of every section in what other words people ask for it', () => {
    const without = passages.filter(
      ({ asked, heading, documentTitle }) => asked === '' && heading !== documentTitle,
    );
    expect(without.map(({ title }) => title)).toEqual([]);
  });

  it('should hold no active markup', () => {
    const prose = passages.map(({ text }) => text.replace(/```[^]*?```|`[^`]*`/g, ''));
    expect(prose.filter((text) => /<[a-z!/]|!\[|\]\(/i.test(text))).toEqual([]);
  });
});
