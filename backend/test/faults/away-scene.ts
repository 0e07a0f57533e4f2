import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Engine } from '#db';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.js';
import { startTcpProxy, type TcpProxy } from '../fakes/tcp-proxy.js';
import type { AnswerStream } from '../harness/answer-stream.js';
import { settingsFor } from '../harness/answering-app.js';
import { aPlace, type Place } from '../harness/place.js';

/** A place whose database is reached by a wire that a test can damage, and a provider. */
export interface AwayScene {
  readonly provider: OpenAiServer;
  readonly wire: TcpProxy;
  readonly place: Place;
  /** What a server here is started with. */
  readonly settings: Readonly<Record<string, string>>;
  /** The files of the spool, by name. */
  spool(): SpoolFile[];
  close(): Promise<void>;
}

interface SpoolFile {
  readonly name: string;
  readonly path: string;
  /** Permissions, as `ls` would show them in octal. */
  readonly mode: string;
  readonly content: string;
}

/** @param more environment variables of every server here. */
export async function anAwayScene(
  engine: Exclude<Engine, 'sqlite'>,
  more: Readonly<Record<string, string>> = {},
): Promise<AwayScene> {
  const provider = await startOpenAiServer();
  const place = await aPlace(engine, { ...settingsFor(provider), ...more });
  const url = new URL(String(place.settings['DATABASE_URL']));
  const wire = await startTcpProxy(Number(url.port));
  url.port = String(wire.port);
  return {
    provider,
    wire,
    place,
    settings: { ...place.settings, DATABASE_URL: url.href },
    spool: () => filesIn(spoolOf(place)),
    async close() {
      await wire.close();
      await place.drop();
      await provider.close();
    },
  };
}

/** The folder in which a server here keeps what the database does not take. */
export const spoolOf = ({ settings }: Pick<Place, 'settings'>): string =>
  join(String(settings['DATA_DIR']), 'spool');

/** The id of the post that a stream is the answer of. */
export const postOf = (stream: AnswerStream): number => Number(stream.frames[0]?.data['postId']);

function filesIn(folder: string): SpoolFile[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return []; // Nothing was ever kept.
  }
  return names.map((name) => {
    const path = join(folder, name);
    const mode = (statSync(path).mode & 0o777).toString(8);
    return { name, path, mode, content: readFileSync(path, 'utf8') };
  });
}

/** Waits until something is so, through the start of a server and the silence of the one before. */
export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('it did not come about within a minute');
    await wait(20);
  }
}
