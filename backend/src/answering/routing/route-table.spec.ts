import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  accuracyOf,
  confusionOf,
  FLOOR,
  readTables,
  route,
} from '../../../test/routing/evaluation.js';

const TABLE = join(import.meta.dirname, '../../../test/routing');

describe('routing of Prosa’s own table', () => {
  const questions = readTables(TABLE);

  it('should hold at least 120 questions, most of them in Portuguese', () => {
    expect(questions.length).toBeGreaterThanOrEqual(120);
    const portuguese = readTables(TABLE).filter(({ question }) =>
      /[ãáçéíóúôêõ]|\bo\b|\bde\b/.test(question),
    );
    expect(portuguese.length).toBeGreaterThanOrEqual(80);
  });

  it('should take the right route as often as it has been shown to', () => {
    const outcomes = route(questions);
    const wrong = outcomes.filter(({ right }) => !right).map(({ asked }) => asked.question);
    expect({ wrong, enough: accuracyOf(outcomes) >= FLOOR }).toMatchObject({ enough: true });
    const { direct } = confusionOf(outcomes);
    // What only looks like asking for something recent goes nowhere.
    expect(direct.web + direct.both).toBe(0);
  });

  it('should send nothing to the web that is off, and nothing to documents that are not there', () => {
    for (const asked of questions) {
      const context = { ...asked.context, webSearch: 'off', collections: [], attachments: [] };
      const [outcome] = route([{ ...asked, context: { ...context, knowledge: null, web: null } }]);
      const reason = outcome?.judged.reason;
      if (reason !== 'documentation') expect(outcome?.judged.route).toBe('direct');
    }
  });
});

describe(readTables.name, () => {
  it('should read CSV and JSON lines, with a context in JSON, in words, or without', () => {
    const folder = mkdtempSync(join(tmpdir(), 'prosa-routing-'));
    try {
      writeFileSync(
        join(folder, 'a.csv'),
        '\uFEFFquestion,expected,context\n"Oi, tudo bem?",Direct,a greeting\n' +
          '"Que horas são?",direct,"{""webSearch"":""off""}"\n',
      );
      writeFileSync(
        join(folder, 'b.jsonl'),
        '{"question":"Quanto está o euro?","expected":"web"}\n',
      );
      writeFileSync(join(folder, 'notes.md'), 'not a table');
      expect(route(readTables(folder)).map(({ right }) => right)).toEqual([true, true, true]);
      writeFileSync(join(folder, 'c.jsonl'), '{"question":"x","expected":"nowhere"}\n');
      expect(() => readTables(folder)).toThrow('c.jsonl: question 1');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
