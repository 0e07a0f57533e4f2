import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase, Usage } from '#db';
import type { TestingModule } from '@nestjs/testing';
import type { DataSource } from 'typeorm';
import {
  createTestDatabase,
  TEST_ENGINES,
  type TestDatabase,
} from '../../../../db/test/test-databases.js';
import { knowledgeOn } from '../../../test/knowledge/knowledge-on.js';
import { Library } from '../../../test/knowledge/library.js';
import { ChunkIndexes } from '../search/chunk-indexes.js';
import { KnowledgeSearch } from '../search/knowledge-search.js';
import { VectorIndex } from './vector-index.js';

/** Words that mean the same, a dimension each; what means nothing known lies in the last. */
const MEANINGS = [
  /carro|autom[óo]vel|landau/,
  /f[ée]rias|recesso/,
  /senha|credencial/,
  /^(?!.*(carro|autom|rias|recesso|senha|cred))/s,
];
const meant = (text: string) =>
  Array.from({ length: 8 }, (_, at) => (MEANINGS[at]?.test(text.toLowerCase()) ? 1 : 0));

describe.each(TEST_ENGINES)(`${VectorIndex.name} on %s`, (engine) => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let library: Library;
  let module: TestingModule;
  let ana: number;
  let bia: number;
  let isAway = false;
  const asked: string[][] = [];
  const model = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += String(part)));
    request.on('end', () => {
      const { input } = JSON.parse(body) as { input: string[] };
      asked.push(input);
      const data = input.map((text, index) => ({ index, embedding: meant(text) }));
      response.writeHead(isAway ? 401 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ data, usage: { prompt_tokens: 7 } }));
    });
  });

  const ask = (userId: number, text: string) =>
    module.get(KnowledgeSearch).search({
      ...{ userId, text, collectionIds: null, conversationId: null },
      ...{ language: 'pt-BR', limit: 8 },
    });
  const add = async (collectionId: number, text: string) => {
    const { versionId } = await library.aDocument(collectionId, 'Manual', [{ text }]);
    await module.get(ChunkIndexes).add(versionId);
    return versionId;
  };

  beforeAll(async () => {
    database = await createTestDatabase(engine);
    dataSource = await openDatabase(database.target);
    library = new Library(dataSource);
    await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
    const { port } = model.address() as AddressInfo;
    module = await knowledgeOn(dataSource, {
      EMBEDDING_MODEL: 'openai/tiny',
      EMBEDDING_DIMENSIONS: '8',
      OPENAI_BASE_URL: `http://127.0.0.1:${String(port)}/v1`,
    });
    ana = await library.aPerson('ana');
    bia = await library.aPerson('bia');
  });

  afterAll(async () => {
    await module.close();
    model.close();
    await database.drop();
  });

  it('should find what is meant though no word is the same, for those who may read it', async () => {
    await add(await library.aCollection(ana), 'Todo carro da frota tem seguro.');
    await add(await library.aCollection(ana), 'A senha expira em noventa dias.');
    const found = await ask(ana, 'automóvel');
    expect(found.map(({ text }) => text)).toEqual(['Todo carro da frota tem seguro.']);
    expect(await ask(bia, 'automóvel')).toEqual([]);
  });

  it('should pay once for a vector, and note each call in the ledger', async () => {
    const versionId = await add(await library.aCollection(ana), 'O recesso dura dez dias.');
    const calls = asked.length;
    await module.get(ChunkIndexes).add(versionId);
    expect(asked).toHaveLength(calls);
    const rows = await dataSource.getRepository(Usage).findBy({ purpose: 'embedding' });
    expect(rows).toHaveLength(asked.length);
    expect(rows.every((row) => row.promptTokens === 7 && row.outcome === 'done')).toBe(true);
  });

  it('should search the words where the model does not answer', async () => {
    isAway = true;
    expect(await ask(ana, 'frota segura')).toHaveLength(1);
    // The glossary of words does not know it; the model would.
    expect(await ask(ana, 'landau')).toEqual([]);
    isAway = false;
  });
});
