import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase, removeChunks, reviseChunks } from '#db';
import type { DataSource } from 'typeorm';
import {
  createTestDatabase,
  TEST_ENGINES,
  type TestDatabase,
} from '../../../../db/test/test-databases.js';
import { Library } from '../../../test/knowledge/library.js';
import { knowledgeOn } from '../../../test/knowledge/knowledge-on.js';
import { ChunksRepository } from './chunks.repository.js';
import { KnowledgeSearch } from './knowledge-search.js';
import { WordSearch } from './word-search.js';

const HANDBOOK = [
  { heading: 'Férias', text: 'O período de férias é de trinta dias corridos por ano trabalhado.' },
  { heading: 'Reembolso', text: 'Despesas de viagem são reembolsadas em até dez dias úteis.' },
  {
    heading: 'Jornada',
    text: 'A jornada é de oito horas. Quem trabalha à noite recebe adicional.',
  },
  { heading: 'Segurança', text: 'Senhas têm ao menos doze caracteres e não são compartilhadas.' },
];
const GUIDE = [
  { heading: 'Deployments', text: 'Every deployment needs two approvals before it is released.' },
  {
    heading: 'Incidents',
    text: 'The on-call engineer answers within fifteen minutes, server db_01.',
  },
];

/** What a person asks, in which language the screen is, and the heading that must come first. */
const QUESTIONS = [
  ['quantos dias de férias eu tenho?', 'pt-BR', 'Férias'],
  ['FERIAS', 'pt-BR', 'Férias'],
  ['como peço reembolso das viagens', 'pt-BR', 'Reembolso'],
  ['adicional noturno de quem trabalhou à noite', 'pt-BR', 'Jornada'],
  ['compartilhar senha', 'pt-BR', 'Segurança'],
  ['How many approvals do deployments need?', 'en', 'Deployments'],
  ['engineers answering incidents', 'pt-BR', 'Incidents'],
  ['db_01', 'pt-BR', 'Incidents'],
] as const;

describe.each(TEST_ENGINES)(`${WordSearch.name} on %s`, (engine) => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let library: Library;
  let search: KnowledgeSearch;
  let ana: number;
  let bia: number;

  const ask = (userId: number, text: string, more: object = {}) =>
    search.search({
      userId,
      text,
      collectionIds: null,
      conversationId: null,
      language: 'pt-BR',
      limit: 8,
      ...more,
    });

  beforeAll(async () => {
    database = await createTestDatabase(engine);
    dataSource = await openDatabase(database.target);
    library = new Library(dataSource);
    search = (await knowledgeOn(dataSource)).get(KnowledgeSearch);
    ana = await library.aPerson('ana');
    bia = await library.aPerson('bia');
    const manuals = await library.aCollection(ana);
    await library.aDocument(manuals, 'Manual do colaborador', HANDBOOK);
    await library.aDocument(manuals, 'Engineering guide', GUIDE);
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it.each(QUESTIONS)('should answer «%s» (%s) with «%s»', async (text, language, heading) => {
    const [first] = await ask(ana, text, { language });
    expect(first?.heading).toBe(heading);
  });

  it('should say where a passage stands', async () => {
    const [first] = await ask(ana, 'reembolso de viagens');
    expect(first).toMatchObject({
      n: 2,
      page: null,
      title: 'Manual do colaborador',
      text: HANDBOOK[1]?.text,
    });
    expect(first?.score).toBeGreaterThan(0);
  });

  it('should find nothing where nothing speaks of it', async () => {
    expect(await ask(ana, 'quem ganhou a copa do mundo de futebol?')).toEqual([]);
    expect(await ask(ana, 'de a para o')).toEqual([]);
    expect(await ask(ana, '')).toEqual([]);
  });

  it('should find a document by its title, and by its new one once it is renamed', async () => {
    const mine = await library.aCollection(ana);
    const { versionId } = await library.aDocument(mine, 'Cardápio', [{ text: 'Arroz e feijão' }]);
    expect(await ask(ana, 'cardápios')).toHaveLength(1);
    const renamed = { title: 'Merenda', collectionId: mine };
    expect(await reviseChunks(dataSource.manager, versionId, renamed, 0, 50)).toBeUndefined();
    expect(await ask(ana, 'cardápios')).toEqual([]);
    expect(await ask(ana, 'merendas')).toHaveLength(1);
    expect(await ask(ana, 'feijão')).toHaveLength(1);
  });

  it('should find what is moved where it has gone, by those who may read it there', async () => {
    const [mine, hers] = [await library.aCollection(ana), await library.aCollection(bia)];
    const { documentId, versionId } = await library.aDocument(mine, 'Viagem', [
      { text: 'pororoca' },
    ]);
    await dataSource.query(
      `UPDATE documents SET collection_id = ${String(hers)} WHERE id = ${String(documentId)}`,
    );
    // Who may read it is the document's, before a passage knows of it.
    expect(await ask(ana, 'pororoca')).toEqual([]);
    const moved = { title: 'Viagem', collectionId: hers };
    expect(await reviseChunks(dataSource.manager, versionId, moved, 0, 50)).toBeUndefined();
    expect(await ask(ana, 'pororoca')).toEqual([]);
    expect(await ask(bia, 'pororoca')).toHaveLength(1);
  });

  it('should find the version that counts and no other', async () => {
    const mine = await library.aCollection(ana);
    const document = { title: 'Preços', collectionId: mine };
    const { documentId, versionId } = await library.aDocument(mine, 'Preços', [
      { text: 'abacaxi' },
    ]);
    await library.aVersion({ ...document, id: documentId }, 2, [{ text: 'jabuticaba' }]);
    expect(await ask(ana, 'abacaxi')).toEqual([]);
    expect(await ask(ana, 'jabuticaba')).toHaveLength(1);
    await removeChunks(dataSource.manager, versionId);
    expect(await ask(ana, 'jabuticaba')).toHaveLength(1);
  });

  it('should leave no words of what is deleted for good', async () => {
    const carla = await library.aPerson('carla');
    const hers = await library.aCollection(carla);
    const { chunkIds } = await library.aDocument(hers, 'Diário', [{ text: 'jequitibá' }]);
    const chunks = new ChunksRepository(dataSource);
    expect(await chunks.words(chunkIds)).toHaveLength(1);
    await dataSource.query(`DELETE FROM users WHERE id = ${String(carla)}`);
    expect(await chunks.words(chunkIds)).toEqual([]);
  });

  it("should never find another person's words", async () => {
    const hidden = await library.aCollection(bia);
    const { documentId } = await library.aDocument(hidden, 'Segredo', [{ text: 'canário xyzzy' }]);
    const found = async () => (await ask(ana, 'xyzzy')).length;
    const set = (column: string, value: string) =>
      dataSource.query(`UPDATE collections SET ${column} = ${value} WHERE id = ${String(hidden)}`);
    expect(await ask(bia, 'xyzzy')).toHaveLength(1);
    expect(await found()).toBe(0);
    expect(await ask(ana, 'xyzzy', { collectionIds: [hidden] })).toEqual([]);
    await library.share(hidden, ana);
    expect(await found()).toBe(0);
    await set('visibility', "'shared'");
    expect(await found()).toBe(1);
    await dataSource.query(`DELETE FROM collection_shares WHERE user_id = ${String(ana)}`);
    expect(await found()).toBe(0);
    await set('visibility', "'everyone'");
    expect(await found()).toBe(1);
    await set('deleted_at', "'2026-01-01 00:00:00'");
    expect([await found(), (await ask(bia, 'xyzzy')).length]).toEqual([0, 0]);
    await set('deleted_at', 'NULL');
    await dataSource.query(
      `UPDATE documents SET deleted_at = '2026-01-01 00:00:00' WHERE id = ${String(documentId)}`,
    );
    expect([await found(), (await ask(bia, 'xyzzy')).length]).toEqual([0, 0]);
  });

  it('should find attachments in their conversation only', async () => {
    const one = await library.aConversation(ana);
    const other = await library.aConversation(ana);
    const attached = await library.aCollection(ana, 'private', one);
    await library.aDocument(attached, 'Anexo', [{ text: 'quimera' }]);
    expect(await ask(ana, 'quimera')).toEqual([]);
    expect(await ask(ana, 'quimera', { conversationId: other })).toEqual([]);
    expect(await ask(ana, 'quimera', { conversationId: one })).toHaveLength(1);
    expect(await ask(ana, 'quimera', { collectionIds: [attached] })).toEqual([]);
    expect(await ask(bia, 'quimera', { conversationId: one })).toEqual([]);
    expect(await ask(ana, 'quimera', { collectionIds: [], conversationId: one })).toHaveLength(1);
  });

  it('should take any question whatever', async () => {
    const odd = [
      ...['"', "'", '\\', '(', 'NEAR(', 'a-b:c', '*', '+-~<>@', '%_', '\0', 'férias"', "férias'"],
      ...[
        'férias AND',
        'NOT férias',
        'OR',
        'férias NEAR/2 x',
        '{title}:x',
        'w_',
        '___',
        ':*',
        '<->',
      ],
      ...['😀 férias', '\ud800férias', 'férias\u0000x', '日本語', '𞤀𞤁', '½ Ⅷ ٣', 'a'.repeat(5000)],
      ...[
        'e\u0301'.repeat(300),
        "'; DROP TABLE chunks; --",
        ':userId',
        '$1',
        '?',
        'férias '.repeat(900),
      ],
    ];
    for (const text of odd) {
      expect(Array.isArray(await ask(ana, text))).toBe(true);
    }
    expect((await ask(ana, '"férias" -(:*')).at(0)?.heading).toBe('Férias');
  });

  it('should take any text whatever', async () => {
    const mine = await library.aCollection(ana);
    const texts = ["l'été d'un \\ ' '' \" :1A", 'x'.repeat(9000), 'não '.repeat(2000) + 'zabumba'];
    for (const text of [...texts, 'zabumba '.repeat(900), '', '😀', 'a𞤀b zabumba']) {
      await library.aDocument(mine, "It's 'quoted' \\", [{ text, heading: "'" }]);
    }
    expect((await ask(ana, 'zabumba')).length).toBeGreaterThanOrEqual(2);
  });
});
