import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase, openForReading } from '#db';
import type { TestingModule } from '@nestjs/testing';
import type { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../../db/test/test-databases.js';
import { FakeOpenSearch } from '../../../test/fakes/opensearch.js';
import { knowledgeOn } from '../../../test/knowledge/knowledge-on.js';
import { Library } from '../../../test/knowledge/library.js';
import { ChunkIndexes } from '../search/chunk-indexes.js';
import { KnowledgeSearch } from '../search/knowledge-search.js';
import { Reindex } from '../search/reindex.js';
import { OpenSearchService } from './opensearch.service.js';

const ALIAS = 'prosa-test';

describe(OpenSearchService.name, () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let library: Library;
  let module: TestingModule;
  let fake: FakeOpenSearch;
  let ana: number;
  let bia: number;

  const ask = (userId: number, text: string) =>
    module.get(KnowledgeSearch).search({
      ...{ userId, text, collectionIds: null, conversationId: null },
      ...{ language: 'pt-BR', limit: 8 },
    });
  const add = async (collectionId: number, title: string, text: string) => {
    const document = await library.aDocument(collectionId, title, [{ text }]);
    await module.get(ChunkIndexes).add(document.versionId);
    return document;
  };
  const searches = () => fake.told.filter(({ path }) => path.endsWith('_search'));

  beforeAll(async () => {
    database = await createTestDatabase('sqlite');
    dataSource = await openDatabase(database.target);
    fake = await FakeOpenSearch.start();
    library = new Library(dataSource);
    module = await knowledgeOn(dataSource, { OPENSEARCH_URL: fake.url, OPENSEARCH_INDEX: ALIAS });
    ana = await library.aPerson('ana');
    bia = await library.aPerson('bia');
  });

  afterAll(async () => {
    await module.close();
    await fake.stop();
    await database.drop();
  });

  it('should make a template, an index of two languages and an alias before the first passage', async () => {
    await add(await library.aCollection(ana), 'Bebidas', 'jabuticaba gelada');
    const [template, , index, alias] = fake.told;
    expect(template).toMatchObject({
      method: 'POST',
      path: `/_index_template/${ALIAS}`,
      body: { index_patterns: [`${ALIAS}-2*t*`], priority: 110, version: 1 },
    });
    expect(index?.path).toMatch(/^\/prosa-test-\d{8}t\d{9}$/);
    expect(index?.body).toMatchObject({
      settings: { analysis: { analyzer: { prosa_pt: {}, prosa_en: {} } } },
      mappings: {
        dynamic: 'strict',
        _meta: { definition: 1, model: null },
        properties: {
          text: { analyzer: 'prosa_pt', fields: { en: { analyzer: 'prosa_en' } } },
          collection_id: { type: 'integer' },
        },
      },
    });
    expect(alias?.body).toEqual({
      actions: [{ add: { index: index?.path.slice(1), alias: ALIAS } }],
    });
  });

  it('should search within what the person may read, and say so in the query', async () => {
    const [mine, hers] = [await library.aCollection(ana), await library.aCollection(bia)];
    await add(mine, 'Frutas', 'caqui maduro');
    await add(hers, 'Segredo', 'canário caqui');
    const found = await ask(ana, 'caqui');
    expect(found.map(({ collectionId }) => collectionId)).toEqual([mine]);
    const { body } = searches().at(-1) ?? {};
    expect(body).toEqual({
      size: 50,
      _source: false,
      query: {
        bool: {
          filter: [{ terms: { collection_id: expect.not.arrayContaining([hers]) as unknown } }],
          minimum_should_match: 1,
          should: [
            {
              multi_match: {
                query: 'caqui',
                type: 'best_fields',
                fields: [
                  'text',
                  'heading^2',
                  'title^1.5',
                  'text.en',
                  'heading.en^2',
                  'title.en^1.5',
                ],
                tie_breaker: 0.3,
                boost: 1,
              },
            },
          ],
        },
      },
    });
    await library.share(hers, ana);
    const visible = (value: string) =>
      dataSource.query(`UPDATE collections SET visibility = '${value}' WHERE id = ${String(hers)}`);
    await visible('shared');
    expect(await ask(ana, 'canário')).toHaveLength(1);
    await visible('private');
    expect(await ask(ana, 'canário')).toEqual([]);
  });

  it('should show nothing of the trash, though OpenSearch still holds it', async () => {
    const { documentId } = await add(await library.aCollection(ana), 'Velho', 'umbu azedo');
    expect(await ask(ana, 'umbu')).toHaveLength(1);
    await dataSource.query(
      `UPDATE documents SET deleted_at = '2026-01-01' WHERE id = ${String(documentId)}`,
    );
    expect(await ask(ana, 'umbu')).toEqual([]);
  });

  it('should make the index anew while documents come and go, and search nothing else', async () => {
    const mine = await library.aCollection(ana);
    const gone = await add(mine, 'Some', 'cajá');
    let later: Promise<unknown> | undefined;
    const { index } = await module.get(Reindex).run(() => {
      later ??= add(mine, 'Chega', 'siriguela').then(async () => {
        await dataSource.query(`DELETE FROM documents WHERE id = ${String(gone.documentId)}`);
        await module.get(ChunkIndexes).remove(gone.versionId);
      });
    });
    await later;
    const swap = fake.told.filter(({ path }) => path === '/_aliases').at(-1);
    expect(swap?.body).toMatchObject({
      actions: [{ add: { index, alias: ALIAS } }, { remove: { alias: ALIAS } }],
    });
    expect(fake.told.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
    expect(await ask(ana, 'siriguela')).toHaveLength(1);
    expect(await ask(ana, 'cajá')).toEqual([]);
  });

  it('should leave alone the index of another Prosa whose name begins alike', async () => {
    const longer = { OPENSEARCH_URL: fake.url, OPENSEARCH_INDEX: `${ALIAS}-second` };
    const second = await knowledgeOn(dataSource, longer);
    const there = await second.get(OpenSearchService).chunksThere();
    const [own] = await there.indexes();
    expect(own?.name).toMatch(/^prosa-test-second-\d{8}t\d{9}$/);
    await module.get(Reindex).run();
    expect(await there.indexes()).toEqual([own]);
    const first = await module.get(OpenSearchService).chunksThere();
    expect((await first.indexes()).map(({ name }) => name)).not.toContain(own?.name);
    await there.close();
  });

  it('should make an index anew by a connection that only reads', async () => {
    const reading = await openForReading(database.target);
    const settings = {
      ...{ OPENSEARCH_URL: fake.url, OPENSEARCH_INDEX: `${ALIAS}-read` },
      // Nothing listens there: a vector that was made would be a failure.
      ...{ EMBEDDING_MODEL: 'openai/none', EMBEDDING_DIMENSIONS: '8' },
      OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
    };
    const command = await knowledgeOn(reading, settings);
    const { passages, withVector } = await command.get(Reindex).run(() => undefined, false);
    expect(passages).toBeGreaterThan(0);
    expect(withVector).toBe(0);
    await reading.destroy();
  });

  it('should look for words of the other language too, that mean the same', async () => {
    await add(await library.aCollection(ana), 'Regras', 'as ferias acabam');
    expect(await ask(ana, 'When is the vacation?')).toHaveLength(1);
    const { body } = searches().at(-1) ?? {};
    expect(JSON.stringify(body)).toContain('"boost":0.7');
    expect(JSON.stringify(body)).toContain('ferias');
  });

  it('should search the database while OpenSearch is away, and tell of it', async () => {
    fake.isThere = false;
    expect(await ask(ana, 'jabuticaba')).toHaveLength(1);
    expect(module.get(OpenSearchService).problem).toBe('away');
    await add(await library.aCollection(ana), 'Ausente', 'pitanga');
    expect(await ask(ana, 'pitanga')).toHaveLength(1);
  });
});
