import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase, Usage } from '#db';
import type { TestingModule } from '@nestjs/testing';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../db/test/test-databases.js';
import { type BedrockServer, startBedrockServer } from '../../../test/fakes/bedrock-server.js';
import { FakeOpenSearch } from '../../../test/fakes/opensearch.js';
import { signatureProblem } from '../../../test/fakes/signature-v4.js';
import { knowledgeOn } from '../../../test/knowledge/knowledge-on.js';
import { Library } from '../../../test/knowledge/library.js';
import { ChunkIndexes } from '../search/chunk-indexes.js';
import { KnowledgeSearch } from '../search/knowledge-search.js';
import { OpenSearchService } from './opensearch.service.js';

const TITAN = 'amazon.titan-embed-text-v2:0';
const KEYS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'a secret of nobody',
  region: 'sa-east-1',
};
const DIMENSION = 256;

/** A direction for each meaning; what means nothing known has one of its own. */
const MEANINGS = [/carro|landau/i, /f[ée]rias|recesso/i, /senha|credencial/i];
function meant(text: string): number[] {
  const at = MEANINGS.findIndex((words) => words.test(text));
  return Array.from({ length: DIMENSION }, (_, n) => (n === (at < 0 ? DIMENSION - 1 : at) ? 2 : 0));
}
/** The same as it is kept, eight bits a number. */
const kept = (text: string) => meant(text).map((number) => (number > 0 ? 127 : 0));

describe.each(['es', 'aoss'] as const)(
  'OpenSearch of Amazon (%s) with vectors of Titan',
  (service) => {
    let database: TestDatabase;
    let dataSource: DataSource;
    let library: Library;
    let module: TestingModule;
    let fake: FakeOpenSearch;
    let bedrock: BedrockServer;
    let ana: number;
    let bia: number;
    const exceptions: { name: string; status: number }[] = [];

    const ask = (userId: number, text: string) =>
      module.get(KnowledgeSearch).search({
        ...{ userId, text, collectionIds: null, conversationId: null },
        ...{ language: 'pt-BR', limit: 8 },
      });
    const add = async (collectionId: number, text: string) => {
      const document = await library.aDocument(collectionId, 'Manual', [{ text }]);
      await module.get(ChunkIndexes).add(document.versionId);
      return document;
    };

    const start = () =>
      knowledgeOn(dataSource, {
        ...{ OPENSEARCH_URL: fake.url, OPENSEARCH_INDEX: 'prosa', OPENSEARCH_AWS: service },
        ...{ EMBEDDING_MODEL: `bedrock/${TITAN}`, EMBEDDING_DIMENSIONS: String(DIMENSION) },
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
        AWS_REGION: KEYS.region,
        AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
      });

    beforeAll(async () => {
      database = await createTestDatabase('sqlite');
      dataSource = await openDatabase(database.target);
      fake = await FakeOpenSearch.start();
      fake.accepts = { ...KEYS, service };
      bedrock = await startBedrockServer({ embedding: { vectorOf: meant, exceptions } });
      library = new Library(dataSource);
      module = await start();
      ana = await library.aPerson('ana');
      bia = await library.aPerson('bia');
    });
    beforeEach(() => {
      fake.told.splice(0);
    });

    afterAll(async () => {
      await module.close();
      await fake.stop();
      await bedrock.close();
      await database.drop();
    });

    it('should make an index for vectors of that length, and fill it with them', async () => {
      const text = 'Todo carro da frota tem seguro.';
      const collection = await library.aCollection(ana);
      const { documentId, versionId, chunkIds } = await add(collection, text);
      const made = fake.told.find(
        ({ method, path }) => method === 'PUT' && path.startsWith('/prosa-2'),
      );
      expect(made?.body).toMatchObject({
        settings: { 'index.knn': true },
        mappings: {
          _meta: { model: `bedrock/${TITAN}` },
          properties: {
            vector: {
              ...{ type: 'knn_vector', dimension: DIMENSION, space_type: 'cosinesimil' },
              method: { name: 'hnsw', engine: 'lucene' },
            },
          },
        },
      });
      const bulk = fake.told.find(({ path }) => path === '/_bulk');
      expect(bulk?.body).toEqual([
        { index: { _index: made?.path.slice(1), _id: String(chunkIds[0]) } },
        {
          ...{ chunk_id: chunkIds[0], version_id: versionId, document_id: documentId },
          ...{ collection_id: collection, title: 'Manual', heading: '', text },
          vector: kept(text),
        },
      ]);
    });

    it('should ask for words and for what is meant at once, each within what may be read', async () => {
      const [mine, hers] = [await library.aCollection(ana), await library.aCollection(bia)];
      await add(mine, 'A senha expira em noventa dias.');
      await add(hers, 'A credencial de Bia é canário.');
      const found = await ask(ana, 'landau');
      expect(found.map(({ text }) => text)).toEqual(['Todo carro da frota tem seguro.']);
      const asked = fake.told.filter(({ path }) => path === '/_msearch');
      const readable = { terms: { collection_id: [1, mine] } };
      const [index, words, sameIndex, near] = asked.flatMap(({ body }) => body as object[]);
      expect([index, sameIndex]).toEqual([{ index: 'prosa' }, { index: 'prosa' }]);
      expect(words).toMatchObject({
        size: 50,
        _source: false,
        query: { bool: { filter: [readable] } },
      });
      expect(near).toEqual({
        ...{ size: 50, _source: false },
        query: { knn: { vector: { vector: unit('landau'), k: 50, filter: readable } } },
      });
      expect((await ask(bia, 'senha')).map(({ text }) => text)).toEqual([
        'A credencial de Bia é canário.',
      ]);
      expect(await ask(bia, 'landau')).toEqual([]);
    });

    it('should ask Titan as its documentation says, signed, and note what was counted', async () => {
      const [first] = bedrock.embedded;
      const text = 'Manual\nTodo carro da frota tem seguro.';
      expect(JSON.parse(String(first?.text))).toEqual({
        inputText: text,
        dimensions: DIMENSION,
        normalize: true,
      });
      expect(first?.modelId).toBe(TITAN);
      const keys = { ...KEYS, service: 'bedrock' };
      const problems = bedrock.embedded.map(({ url, headers, text: body }) =>
        signatureProblem({ method: 'POST', url, headers, body }, keys),
      );
      expect(new Set(problems)).toEqual(new Set([undefined]));
      const [row] = await dataSource
        .getRepository(Usage)
        .find({ where: { purpose: 'embedding' }, order: { id: 'ASC' } });
      expect(row).toMatchObject({
        ...{ model: `bedrock/${TITAN}`, outcome: 'done', estimated: false, userId: ana },
        // Two hundredths of a dollar a million.
        ...{ promptTokens: text.split(/\s+/).length, costNanoUsd: text.split(/\s+/).length * 20 },
      });
    });

    it('should ask Titan again where it is busy, and search the words where it stays so', async () => {
      const busy = { name: 'ThrottlingException', status: 429 };
      const before = bedrock.embedded.length;
      exceptions.push(busy);
      expect(await ask(ana, 'landau')).toHaveLength(1);
      expect(bedrock.embedded.slice(before).map(({ status }) => status)).toEqual([429, 200]);
      exceptions.push({ name: 'AccessDeniedException', status: 403 });
      expect(await ask(ana, 'landau')).toEqual([]);
      exceptions.push({ name: 'AccessDeniedException', status: 403 });
      expect(await ask(ana, 'frota')).toHaveLength(1);
    });

    it('should sign every request, so that a changed one is refused', async () => {
      await ask(ana, 'frota');
      await module.get(ChunkIndexes).remove(1);
      expect(fake.told.map(({ path }) => path)).toEqual(
        expect.arrayContaining(['/_msearch', expect.stringMatching(/_delete_by_query$/)]),
      );
      expect(fake.told.filter(({ problem }) => problem !== undefined)).toEqual([]);
      // Whoever knows another secret gets nothing from it, and words are found in the database.
      fake.accepts = { ...KEYS, service, secretAccessKey: 'another secret' };
      const other = await start();
      expect(
        await other.get(KnowledgeSearch).search({
          ...{ userId: ana, text: 'senha', collectionIds: null, conversationId: null },
          ...{ language: 'pt-BR', limit: 8 },
        }),
      ).toHaveLength(1);
      expect(other.get(OpenSearchService).problem).toBe('away');
      expect(fake.told.at(-1)?.problem).toBe('another signature');
      await other.close();
      fake.accepts = { ...KEYS, service };
    });
  },
);

const unit = (text: string) => meant(text).map((number) => number / 2);
