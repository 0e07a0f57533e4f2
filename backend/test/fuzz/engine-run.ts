import { ApiDescription, type ApiDocument } from './api-description.js';
import { type CampaignResult, type Limits, runCampaign } from './campaign.js';
import { emptyDatabase, type FuzzEngine } from './databases.js';
import { Scene } from './scene.js';
import { type FuzzedServer, startFuzzedServer } from './server.js';

/** Most memory that a run may add to the server's, in bytes: large bodies wait to be freed. */
const MOST_GROWTH = 512 * 1024 * 1024;

/** What a run on one engine came to. */
export interface EngineRun extends CampaignResult {
  readonly operations: number;
  readonly restingBytes: number;
  readonly grownBytes: number;
  /** What no single answer tells: the process, its log, its memory, another person's data. */
  readonly troubles: readonly string[];
}

/**
 * Starts the built server on an empty database and fuzzes every route that it documents.
 * @throws {Error} with what the server complained of, when it ended or could no longer be used.
 */
export async function runOnEngine(engine: FuzzEngine, limits: Limits): Promise<EngineRun> {
  const database = await emptyDatabase(engine);
  const server = await startFuzzedServer(database.url);
  try {
    return await fuzz(server, limits);
  } catch (error) {
    const end = server.ended();
    const how = end === undefined ? '' : `the process ended (${end}); `;
    throw new Error([`${how}${String(error)}`, ...server.complaints].join('\n  '), {
      cause: error,
    });
  } finally {
    await server.stop();
    await database.drop();
  }
}

async function fuzz(server: FuzzedServer, limits: Limits): Promise<EngineRun> {
  const scene = new Scene(server.port);
  await scene.set();
  const api = await describedAt(scene.host);
  const before = await scene.testimony();
  const restingBytes = await server.residentBytes();
  const between = () => scene.refill();
  const result = await runCampaign({ port: server.port, api, scenery: scene, between }, limits);
  const same = (await scene.testimony()) === before;
  const grownBytes = (await server.residentBytes()) - restingBytes;
  const troubles = [
    !same && "another person's data has changed",
    !(await scene.ready()) && 'the server is not ready any more',
    grownBytes > MOST_GROWTH && `memory grew by ${String(grownBytes)} bytes`,
    ...server.complaints,
  ].filter((trouble) => typeof trouble === 'string');
  return { ...result, operations: api.operations.length, restingBytes, grownBytes, troubles };
}

async function describedAt(host: string): Promise<ApiDescription> {
  const response = await fetch(`http://${host}/docs-json`);
  return new ApiDescription((await response.json()) as ApiDocument);
}
