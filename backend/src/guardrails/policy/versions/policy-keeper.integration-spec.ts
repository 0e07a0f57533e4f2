import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { openDatabase } from '#db';
import type { DataSource } from 'typeorm';
import {
  createTestDatabase,
  TEST_ENGINES,
  type TestDatabase,
} from '../../../../../db/test/test-databases.js';
import { loadEnv } from '../../../config/load-env.js';
import type { PolicyFiles } from '../files/policy-files.rules.js';
import { BuiltInRails } from './built-in-rails.js';
import { PoliciesRepository } from './policies.repository.js';
import { PolicyKeeper } from './policy-keeper.js';
import { PolicyShelf } from './policy-shelf.js';
import { RailsFolder } from './rails-folder.js';

/** Rails as a later Prosa brings them. */
class LaterRails extends BuiltInRails {
  override async files(): Promise<PolicyFiles> {
    const files = await super.files();
    return { ...files, 'prompts.yml': `${String(files['prompts.yml'])}\n# later\n` };
  }
}

const config = (note: string) => `version: 1\nrails: {}\n# ${note}\n`;

/** One process of Prosa, as far as its rails go. */
interface Process {
  readonly keeper: PolicyKeeper;
  readonly folder: RailsFolder;
  readonly policies: PoliciesRepository;
}

Logger.overrideLogger(false);

describe.each(TEST_ENGINES)(`${PolicyKeeper.name} on %s`, (engine) => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let folder: string;
  let running: Process[];

  beforeAll(async () => {
    database = await createTestDatabase(engine);
    dataSource = await openDatabase(database.target);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'prosa-rails-'));
    running = [];
  });
  afterEach(async () => {
    await Promise.all(running.map(({ keeper }) => keeper.onApplicationShutdown()));
    await dataSource.query('DELETE FROM guardrail_publications');
    await dataSource.query('DELETE FROM guardrail_policies');
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async ({ later = false, watching = false } = {}): Promise<Process> => {
    const env = loadEnv(watching ? { GUARDRAILS_DIR: folder } : {});
    const policies = new PoliciesRepository(dataSource);
    const builtIn = later ? new LaterRails() : new BuiltInRails();
    const railsFolder = new RailsFolder(env, policies, builtIn);
    const shelf = new PolicyShelf(policies, builtIn);
    const keeper = new PolicyKeeper(policies, shelf, builtIn, railsFolder);
    const started = { keeper, folder: railsFolder, policies };
    running.push(started);
    await keeper.onModuleInit();
    return started;
  };
  const write = (text: string) => {
    writeFileSync(join(folder, 'config.yml'), text);
  };
  /** What is in force: who wrote it, and how often anything was put in force. */
  const standing = async ({ keeper, policies }: Process) => {
    const policy = await policies.findPolicy(keeper.current.id);
    return { source: policy?.source, published: (await policies.findPublications()).length };
  };
  const published = async ({ policies }: Process, note: string, by = 'ana') => {
    const files = { ...(await new BuiltInRails().files()), 'config.yml': config(note) };
    const { id } = await policies.store({ source: 'administrator', files, note, createdBy: by });
    await policies.publish(id, by);
    return id;
  };
  /** Looks again and again, which the process itself does every two seconds. */
  const until = async ({ keeper }: Process, holds: () => boolean) => {
    while (!holds()) await keeper.look();
  };

  it("should put Prosa's own rails in force, once", async () => {
    expect(await standing(await start())).toEqual({ source: 'built-in', published: 1 });
    expect(await standing(await start())).toEqual({ source: 'built-in', published: 1 });
  });

  it('should put what a later Prosa brings in force in place of its own only', async () => {
    const before = await start();
    const after = await start({ later: true });
    expect(await standing(after)).toEqual({ source: 'built-in', published: 2 });
    expect(after.keeper.current.id).not.toBe(before.keeper.current.id);
    // An older process that starts again beside it takes nothing back.
    expect((await start()).keeper.current.id).toBe(after.keeper.current.id);
  });

  it("should leave an administrator's policy in force when a later Prosa starts", async () => {
    const id = await published(await start(), 'ours');
    const later = await start({ later: true });
    expect(later.keeper.current.id).toBe(id);
    expect(await later.policies.findPage(undefined, 10)).toHaveLength(3);
  });

  it('should follow what another process puts in force', async () => {
    const [one, other] = [await start(), await start()];
    const id = await published(one, 'ours');
    // By themselves: nobody tells them to look.
    while (one.keeper.current.id !== id || other.keeper.current.id !== id) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });

  it('should keep what is in force where it cannot read what was published, and say so', async () => {
    const process = await start();
    const { id: good } = process.keeper.current;
    const { id } = await process.policies.store({
      source: 'administrator',
      files: { 'config.yml': 'version: 2\nrails: {}\n' },
      note: '',
      createdBy: 'ana',
    });
    await process.policies.publish(id, 'ana');
    await process.keeper.follow();
    expect(process.keeper.current.id).toBe(good);
    expect(process.keeper.unreadable).toMatchObject({
      id,
      problems: [{ file: 'config.yml', line: 1 }],
    });
    const next = await start();
    expect(next.keeper.current.id).toBe(good);
    expect(next.keeper.unreadable?.id).toBe(id);
    const mended = await published(next, 'mended');
    await next.keeper.follow();
    expect(next.keeper.current.id).toBe(mended);
    expect(next.keeper.unreadable).toBeUndefined();
  });

  it('should put a folder in force at the start, and never again what a person rolled back', async () => {
    write(config('of the folder'));
    const first = await start({ watching: true });
    expect(await standing(first)).toEqual({ source: 'folder', published: 2 });
    const own = await published(first, 'rolled back to');
    const again = await start({ watching: true });
    expect(again.keeper.current.id).toBe(own);
    expect(await standing(again)).toEqual({ source: 'administrator', published: 3 });
  });

  it('should take over a change of the folder, and go back with it', async () => {
    write(config('one'));
    const process = await start({ watching: true });
    const { id: one } = process.keeper.current;
    write(config('two is longer'));
    await until(process, () => process.keeper.current.id !== one);
    write(config('one'));
    await until(process, () => process.keeper.current.id === one);
    expect(await standing(process)).toEqual({ source: 'folder', published: 4 });
  });

  it('should keep the last good rails while the folder is broken or gone', async () => {
    write(config('good'));
    const process = await start({ watching: true });
    const { id: good } = process.keeper.current;
    write('version: 1\nrails:\n  secrets: { input: blok }\n');
    await until(process, () => process.folder.problems.length > 0);
    expect(process.folder.problems[0]).toMatchObject({ file: 'config.yml', line: 3, column: 21 });
    rmSync(folder, { recursive: true });
    await until(process, () => process.folder.problems[0]?.file === '.');
    expect(process.keeper.current.id).toBe(good);
    mkdirSync(folder);
    write(config('good'));
    await until(process, () => process.folder.problems.length === 0);
    expect(process.keeper.current.id).toBe(good);
  });

  it('should start with a folder that is broken, on what was in force', async () => {
    const own = await published(await start(), 'ours');
    write('version: [');
    const process = await start({ watching: true });
    expect(process.keeper.current.id).toBe(own);
    expect(process.folder.problems[0]).toMatchObject({ file: 'config.yml', line: 1 });
  });

  it('should put the change of a folder in force once, whichever process sees it first', async () => {
    write(config('one'));
    const processes = [await start({ watching: true }), await start({ watching: true })];
    const { id: one } = processes[0]?.keeper.current ?? { id: 0 };
    write(config('two is longer'));
    await Promise.all(
      processes.map((process) => until(process, () => process.keeper.current.id !== one)),
    );
    for (const process of processes) {
      expect(await standing(process)).toEqual({ source: 'folder', published: 3 });
    }
  });
});
