import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Language } from '../../platform/language.rules.js';
import { BuiltInRails } from '../policy/versions/built-in-rails.js';
import { EXIT, GuardrailsCommand } from './guardrails-command.js';

describe(GuardrailsCommand.name, () => {
  let folder: string;
  let said: string[];
  let complaints: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'prosa-rails-'));
    mkdirSync(join(folder, 'rails'));
    [said, complaints] = [[], []];
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (path: string, text: string): string => {
    writeFileSync(join(folder, path), text);
    return join(folder, path);
  };
  const run = (args: readonly string[], language: Language = 'en') => {
    const builtIn = new BuiltInRails();
    return new GuardrailsCommand({
      language,
      out: (line) => void said.push(line),
      err: (line) => void complaints.push(line),
      builtIn: () => builtIn.files(),
      needs: () => undefined,
      inForce: () => Promise.resolve(undefined),
    }).run(args);
  };
  const terms = () => {
    write('rails/blocked_terms.yml', 'lists:\n  - name: ours\n    terms: [abacaxi]\n');
  };

  it('should say that a folder can be used, and how many rules it has', async () => {
    terms();
    expect(await run(['check', folder], 'pt-BR')).toBe(EXIT.done);
    expect(said).toContain('  blocked-terms: 1 regras');
    expect(complaints).toEqual([]);
  });

  it('should say where a folder is wrong, in the language of the terminal', async () => {
    write('config.yml', 'version: 1\nrails:\n  links: { output: cut }\n');
    expect(await run(['check', folder], 'pt-BR')).toBe(EXIT.failed);
    expect(complaints).toEqual([
      'config.yml:3:20 deve ser um destes: pass, flag, block, replace',
      'A pasta não pode ser usada: 1 problema(s).',
    ]);
  });

  it("should compare a folder with Prosa's own rails where there is no database", async () => {
    terms();
    const lines = ['{"text":"abacaxi maduro","expected":"benign"}', '', '{"text":"bom dia"}'];
    const file = write('prompts.jsonl', lines.join('\n'));
    expect(await run(['compare', folder, file])).toBe(EXIT.done);
    expect(said).toContain('1 of 2 prompts would change:');
    expect(said).toContain('  1. pass → block (blocked-terms/ours)  abacaxi maduro');
    expect(said).toContainEqual(expect.stringMatching(/^wrongly blocked +0 +1$/));
  });

  it('should name the line that is no prompt, and a file that is not there', async () => {
    const file = write('prompts.jsonl', '{"text":"oi"}\nabacaxi\n');
    expect(await run(['compare', folder, file])).toBe(EXIT.failed);
    expect(await run(['compare', folder, join(folder, 'none.jsonl')])).toBe(EXIT.failed);
    expect(complaints[0]).toContain('prompts.jsonl:2 is not a prompt');
    expect(complaints[1]).toContain('none.jsonl cannot be read (ENOENT)');
  });

  it.each([[[]], [['check']], [['compare', 'a']], [['publish', 'a']], [['check', 'a', 'b']]])(
    'should say how it is used when told %j',
    async (args: readonly string[]) => {
      expect(await run(args)).toBe(EXIT.wrongUsage);
      expect(complaints[0]).toMatch(/^Usage:/);
    },
  );
});
