import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LARGEST_FILE, POLICY_PATHS } from './policy-files.rules.js';
import { BUILT_IN_FOLDER, folderSignature, readPolicyFolder } from './policy-folder.js';

describe(readPolicyFolder.name, () => {
  let parent: string;
  let folder: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'prosa-rails-'));
    folder = join(parent, 'rails-here');
    mkdirSync(join(folder, 'rails'), { recursive: true });
  });
  afterEach(() => {
    rmSync(parent, { recursive: true, force: true });
  });

  const write = (path: string, content: string | Buffer) => {
    writeFileSync(join(folder, path), content);
  };
  const problems = async () =>
    (await readPolicyFolder(folder)).problems.map(
      ({ file, line, column, message }) =>
        `${file}:${String(line)}:${String(column)} ${message.en}`,
    );

  it('should find every file of the rails that come with Prosa', async () => {
    const content = await readPolicyFolder(BUILT_IN_FOLDER);
    expect(content.problems).toEqual([]);
    expect(Object.keys(content.files)).toEqual(POLICY_PATHS);
  });

  it('should read what is there, with or without a byte order mark, and leave other files alone', async () => {
    write('config.yml', '\uFEFFversion: 1\n');
    write('README.md', '# ours');
    write('.config.yml.swp', Buffer.from([0, 255]));
    mkdirSync(join(folder, '.git'));
    expect(await readPolicyFolder(folder)).toEqual({
      files: { 'config.yml': 'version: 1\n' },
      problems: [],
    });
  });

  it('should name a file that looks like rails and is none', async () => {
    write('rails/blocked_term.yml', 'lists: []');
    write('config.yaml', 'version: 1');
    write('rails/greetings.co', 'define user express greeting');
    const told = await problems();
    expect(told).toHaveLength(3);
    expect(told[0]).toMatch(/^config.yaml:1:1 is no file of a policy; the files are config.yml,/);
    expect(told[1]).toMatch(/^rails\/blocked_term.yml:1:1 is no file of a policy/);
    expect(told[2]).toMatch(/^rails\/greetings.co:1:1 is Colang/);
  });

  it('should say where a file is not UTF-8', async () => {
    write('rails/greetings.yml', Buffer.from('answers:\n  - name: a\n  # olá\n', 'latin1'));
    write('config.yml', Buffer.from('\uFEFFversion: 1', 'utf16le'));
    const said = 'is not UTF-8 from here on: save the file with the encoding UTF-8';
    expect(await problems()).toEqual([`config.yml:1:1 ${said}`, `rails/greetings.yml:3:7 ${said}`]);
  });

  it('should refuse what is too large, without reading it', async () => {
    write('config.yml', 'version: 1');
    truncateSync(join(folder, 'config.yml'), LARGEST_FILE + 1);
    expect(await problems()).toEqual([
      expect.stringMatching(/^config\.yml:1:1 is larger than 96 KiB: take out/),
    ]);
  });

  it('should follow links within the folder, as Kubernetes makes them, and none out of it', async () => {
    mkdirSync(join(folder, '..data-1'));
    write('..data-1/config.yml', 'version: 1');
    symlinkSync('..data-1', join(folder, '..data'));
    symlinkSync('..data/config.yml', join(folder, 'config.yml'));
    writeFileSync(join(parent, 'secret.yml'), 'password: x');
    symlinkSync('../secret.yml', join(folder, 'prompts.yml'));
    symlinkSync('nowhere.yml', join(folder, 'rails/greetings.yml'));
    const { files } = await readPolicyFolder(folder);
    expect(files).toEqual({ 'config.yml': 'version: 1' });
    expect(await problems()).toEqual([
      'prompts.yml:1:1 is a link that leads out of the folder',
      'rails/greetings.yml:1:1 cannot be read (ENOENT)',
    ]);
  });

  it('should say that a folder or a file cannot be read', async () => {
    mkdirSync(join(folder, 'config.yml'));
    expect(await problems()).toEqual(['config.yml:1:1 is not a file']);
    rmSync(folder, { recursive: true });
    expect(await problems()).toEqual(['.:1:1 cannot be read (ENOENT)']);
    writeFileSync(folder, 'a file');
    expect(await problems()).toEqual(['.:1:1 cannot be read (ENOTDIR)']);
  });

  it('should have another signature after each change, and the same without one', async () => {
    write('config.yml', 'version: 1');
    const seen = [await folderSignature(folder)];
    expect(await folderSignature(folder)).toBe(seen[0]);
    write('config.yml', 'version: 12');
    seen.push(await folderSignature(folder));
    write('rails/wrong.yml', '');
    seen.push(await folderSignature(folder));
    rmSync(folder, { recursive: true });
    seen.push(await folderSignature(folder));
    expect(new Set(seen).size).toBe(4);
  });
});
