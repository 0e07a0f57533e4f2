import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Document, DocumentVersion } from '#db';
import { aFirstAdministrator, aForm, aPerson, type TestPerson } from '../harness/api-client.js';
import { startTestApp, type TestApp } from '../harness/test-app.js';
import { until } from '../fakes/ask-model.js';
import { aCollection, at, codeOf, doc } from './given.js';

const MB = 1024 * 1024;

describe('uploads', () => {
  let app: TestApp;
  let ana: TestPerson;
  let collection: number;

  beforeAll(async () => {
    app = await startTestApp('sqlite', { MAX_UPLOAD_MB: '2', KNOWLEDGE_MB_PER_PERSON: '6' });
    ana = await aPerson(app, await aFirstAdministrator(app), 'ana');
    collection = await aCollection(ana);
  });

  afterAll(() => app.close());

  const upload = (body: FormData | string, headers: Record<string, string> = {}) =>
    ana.client.post(at(collection, '/documents'), body, { headers });
  const multipart = { 'content-type': 'multipart/form-data; boundary=x' };
  const stored = async () => [
    await app.dataSource.getRepository(Document).countBy({ collectionId: collection }),
    await app.dataSource.getRepository(DocumentVersion).countBy({ status: 'receiving' }),
  ];

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\janela.ini', 'janela.ini'],
    ['fatura\u202Efdp.txt', 'faturafdp.txt'],
    ['ação – 年.txt', 'ação – 年.txt'],
    [`${'n'.repeat(10_000)}.txt`, `${'n'.repeat(146)}.txt`],
  ])('should call a file harmlessly, whatever it was called (%#)', async (given, fileName) => {
    const { status, body } = await upload(aForm(`texto de ${fileName}`, given));
    expect({ status, fileName: body['fileName'] }).toEqual({ status: 201, fileName });
    const file = await ana.client.get(doc(String(body['id']), '/file'));
    expect(file.headers.get('content-disposition')).toContain(encodeURIComponent(fileName));
  });

  it('should keep every byte of a file of several parts', async () => {
    const text = Array.from({ length: 150_000 }, (_, n) => String(n).padStart(9, '0')).join('\n');
    const { status, body } = await upload(aForm(text, 'longo.txt'));
    expect({ status, bytes: body['bytes'] }).toEqual({ status: 201, bytes: text.length });
    const file = await ana.client.get(doc(String(body['id']), '/file'));
    expect(file.text === text).toBe(true);
  });

  it('should refuse an empty file, and keep nothing of it', async () => {
    const before = await stored();
    expect(codeOf(await upload(aForm('', 'vazio.txt')))).toBe('DOCUMENT.EMPTY');
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['JSON', '{}', { 'content-type': 'application/json' }],
    ['a form without a boundary', '', { 'content-type': 'multipart/form-data' }],
    ['a form without parts', '--x--\r\n', multipart],
    [
      'another field',
      '--x\r\nContent-Disposition: form-data; name="other"; filename="a"\r\n\r\na\r\n--x--\r\n',
      multipart,
    ],
    [
      'a form that ends in the file',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nmetade',
      multipart,
    ],
    [
      'two files',
      ['a', 'b']
        .map(
          (name) =>
            `--x\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n${name}\r\n`,
        )
        .join('') + '--x--\r\n',
      multipart,
    ],
  ])('should refuse %s', async (_, body, headers) => {
    const before = await stored();
    const answer = await upload(body, headers);
    expect({ status: answer.status, code: codeOf(answer) }).toEqual({
      status: 400,
      code: 'DOCUMENT.FILE_EXPECTED',
    });
    expect(await stored()).toEqual(before);
  });

  it('should refuse what is too large as soon as it is, however it is sent', async () => {
    const before = await stored();
    const announced = await upload(aForm(new Uint8Array(3 * MB), 'grande.txt'));
    expect({ status: announced.status, code: codeOf(announced) }).toEqual({
      status: 413,
      code: 'DOCUMENT.TOO_BIG',
    });
    // Endless, without a length: only what has arrived can say that it is too large.
    const answered = Promise.withResolvers<number | undefined>();
    const endless = httpRequest(`${app.url}${at(collection, '/documents')}`, {
      method: 'POST',
      headers: { ...multipart, authorization: `Bearer ${ana.token}` },
    });
    let isOver = false;
    endless.on('response', ({ statusCode }) => {
      answered.resolve(statusCode);
      isOver = true;
      endless.destroy();
    });
    endless.on('error', () => undefined);
    endless.write(
      '--x\r\nContent-Disposition: form-data; name="file"; filename="sem-fim.txt"\r\n\r\n',
    );
    const more = () => {
      if (!isOver) endless.write(Buffer.alloc(256 * 1024, 'a'), more);
    };
    more();
    expect(await answered.promise).toBe(413);
    await until(async () => (await stored())[1] === 0);
    expect(await stored()).toEqual(before);
  });

  it('should forget what was cut off', async () => {
    const before = await stored();
    const cut = httpRequest(`${app.url}${at(collection, '/documents')}`, {
      method: 'POST',
      headers: { ...multipart, authorization: `Bearer ${ana.token}`, 'content-length': '500000' },
    });
    cut.on('error', () => undefined);
    cut.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nmetade');
    await until(async () => (await stored())[1] === 1);
    cut.destroy();
    await until(async () => (await stored())[1] === 0);
    expect(await stored()).toEqual(before);
  });

  it('should keep to the room of the owner, with what arrives at the same time', async () => {
    const bytes = (n: number) => new Uint8Array(1400 * 1024).fill(65 + n);
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => upload(aForm(bytes(n), `${String(n)}.txt`))),
    );
    const codes = answers.map((answer) => codeOf(answer) ?? 'done').sort();
    expect(codes).toEqual([
      ...['COLLECTION.NO_ROOM', 'COLLECTION.NO_ROOM'],
      ...['done', 'done', 'done'],
    ]);
    const storage = await ana.client.get('/api/collections/storage');
    expect(storage.body).toMatchObject({ maximumBytes: 6 * MB, maximumUploadBytes: 2 * MB });
    expect(Number(storage.body['usedBytes'])).toBeGreaterThanOrEqual(3 * 1400 * 1024);
  });

  it.each([
    ['http://127.0.0.1:8080/', 'DOCUMENT.PRIVATE'],
    ['http://[::ffff:7f00:1]/', 'DOCUMENT.PRIVATE'],
    ['http://169.254.169.254/latest/meta-data', 'DOCUMENT.PRIVATE'],
    ['http://2130706433/', 'DOCUMENT.PRIVATE'],
    ['file:///etc/passwd', 'DOCUMENT.ADDRESS_INVALID'],
    ['http://ana@example.com/', 'DOCUMENT.ADDRESS_INVALID'],
    ['amanhã', 'DOCUMENT.ADDRESS_INVALID'],
  ])('should say at once that %s is not fetched', async (url, code) => {
    const answer = await ana.client.post(at(collection, '/documents/pages'), { url });
    expect({ status: answer.status, code: codeOf(answer) }).toEqual({ status: 422, code });
  });
});
