import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SpoolFolder, SpoolFullError } from './spool-folder.js';

const MEGABYTE = 1024 * 1024;

describe(SpoolFolder.name, () => {
  let data: string;
  let folder: SpoolFolder;
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'prosa-spool-'));
    folder = new SpoolFolder({ DATA_DIR: data, SPOOL_MB: 1 });
  });
  afterEach(() => {
    rmSync(data, { recursive: true, force: true });
  });

  const pathOf = (runId: string) => join(data, 'spool', `${runId}.jsonl`);

  it('should keep a file a run, for its own user only', async () => {
    await folder.append('a', 'first\n', 'one\n');
    await folder.append('a', 'first\n', 'two\n');
    await folder.replace('b', 'whole\n');
    expect(readFileSync(pathOf('a'), 'utf8')).toBe('first\none\ntwo\n');
    for (const runId of ['a', 'b']) {
      expect(statSync(pathOf(runId)).mode & 0o777).toBe(0o600);
    }
    expect(statSync(join(data, 'spool')).mode & 0o777).toBe(0o700);
    expect((await folder.list()).sort()).toEqual(['a', 'b']);
    await folder.replace('a', 'end\n');
    expect(await folder.read('a')).toBe('end\n');
    await folder.remove('a');
    await folder.remove('never there');
    expect(readdirSync(join(data, 'spool'))).toEqual(['b.jsonl']);
  });

  it('should hold no more than its bound, counting what was there before', async () => {
    await folder.append('a', '', 'x'.repeat(MEGABYTE / 2));
    const next = new SpoolFolder({ DATA_DIR: data, SPOOL_MB: 1 });
    await next.list();
    await expect(next.append('b', '', 'x'.repeat(MEGABYTE / 2 + 1))).rejects.toThrow(
      SpoolFullError,
    );
    expect(existsSync(pathOf('b'))).toBe(false);
    await next.replace('a', 'small');
    await next.append('b', '', 'x'.repeat(MEGABYTE / 2 + 1));
  });

  it('should find nothing where nothing was ever kept', async () => {
    expect(await folder.list()).toEqual([]);
    expect(await folder.read('a')).toBeUndefined();
  });

  it('should put away what a killed process left unfinished, and nothing younger', async () => {
    await folder.append('a', '', 'one\n');
    const old = `${pathOf('b')}.next`;
    const young = `${pathOf('c')}.next`;
    writeFileSync(old, 'half');
    utimesSync(old, 0, 0);
    writeFileSync(young, 'half');
    expect(await folder.list()).toEqual(['a']);
    expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
  });
});
