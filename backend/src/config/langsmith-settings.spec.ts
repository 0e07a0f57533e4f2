import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadEnv } from './load-env.js';
import { secretsOf } from './secrets-of.js';

describe('the settings of LangSmith', () => {
  it('should be off unless they are asked for', () => {
    expect(loadEnv({ LANGSMITH_API_KEY: 'lsv2_key' })).toMatchObject({
      LANGSMITH_TRACING: false,
      LANGSMITH_HIDE_INPUTS: false,
      LANGSMITH_HIDE_OUTPUTS: false,
    });
  });

  it('should name the key when it is missing', () => {
    expect(() => loadEnv({ LANGSMITH_TRACING: 'true' })).toThrow(
      /LANGSMITH_API_KEY: is needed with LANGSMITH_TRACING/,
    );
  });

  it('should take the key from a file, and know it for a secret', () => {
    const folder = mkdtempSync(join(tmpdir(), 'prosa-key-'));
    const file = join(folder, 'key');
    writeFileSync(file, 'lsv2_from_a_file\n');
    const env = loadEnv({ LANGSMITH_TRACING: 'true', LANGSMITH_API_KEY_FILE: file });
    expect(env.LANGSMITH_API_KEY).toBe('lsv2_from_a_file');
    expect(secretsOf(env)).toContain('lsv2_from_a_file');
    rmSync(folder, { recursive: true });
  });
});
