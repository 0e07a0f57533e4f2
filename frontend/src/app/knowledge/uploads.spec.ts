import { HttpEventType } from '@angular/common/http';
import type { HttpTestingController, TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { givenTheApp, settled } from '../../testing/app-providers';
import { aDocument, aSession } from '../../testing/samples';
import { SessionStore } from '../auth/session-store';
import { type Uploaded, Uploads } from './uploads';

const TARGET = { collectionId: 5 };
const files = (...names: string[]): File[] => names.map((name) => new File(['x'], name));
const nameOf = ({ request }: TestRequest): string =>
  ((request.body as FormData).get('file') as File).name;

describe(Uploads.name, () => {
  let network: HttpTestingController;
  let uploads: Uploads;
  let arrived: Uploaded[];

  beforeEach(async () => {
    network = await givenTheApp();
    const started = TestBed.inject(SessionStore).start();
    network.expectOne('/api/auth/refresh').flush(aSession());
    await started;
    uploads = TestBed.inject(Uploads);
    arrived = [];
    uploads.arrived$.subscribe((one) => arrived.push(one));
    TestBed.tick();
  });

  const sent = (): TestRequest[] => network.match('/api/collections/5/documents');
  const states = (): string[] => uploads.all().map(({ file, state }) => `${file.name} ${state}`);

  it('should send three at a time, and the next as soon as one is through', () => {
    uploads.add(TARGET, files('a', 'b', 'c', 'd'));
    const [first, ...others] = sent();
    expect([first, ...others].map((one) => one && nameOf(one))).toEqual(['a', 'b', 'c']);
    expect(first?.request.headers.get('Authorization')).toBe('Bearer token-1');
    first?.flush(aDocument({ title: 'a' }));
    expect(arrived).toEqual([{ target: TARGET, document: aDocument({ title: 'a' }) }]);
    expect(sent().map(nameOf)).toEqual(['d']);
    expect(states()).toEqual(['b sending', 'c sending', 'd sending']);
  });

  it('should tell how much of a file has been sent', () => {
    uploads.add(TARGET, files('a'));
    sent()[0]?.event({ type: HttpEventType.UploadProgress, loaded: 30, total: 120 });
    expect(uploads.all()[0]?.sent).toBe(0.25);
  });

  it('should say why one failed, go on with the rest, and send it again when asked to', () => {
    uploads.add(TARGET, files('a', 'b'));
    const [first, second] = sent();
    const body = { error: { code: 'SERVER.STOPPING', message: 'Reiniciando.' } };
    first?.flush(body, { status: 503, statusText: 'Unavailable' });
    second?.flush(aDocument());
    expect(states()).toEqual(['a failed']);
    expect(uploads.busy()).toBe(false);
    const [failed] = uploads.all();
    expect(failed).toMatchObject({ problem: 'Reiniciando.', mayRetry: true });
    if (failed) uploads.retry(failed);
    expect(sent().map(nameOf)).toEqual(['a']);
  });

  it('should lead to the document that has the same bytes, and not offer to try again', () => {
    uploads.add(TARGET, files('a'));
    const error = { code: 'DOCUMENT.SAME', message: 'Já está aqui.', details: { documentId: 8 } };
    sent()[0]?.flush({ error }, { status: 409, statusText: 'Conflict' });
    expect(uploads.all()[0]).toMatchObject({ sameAs: 8, mayRetry: false });
  });

  it('should give a file up when it is cancelled, and send the next', () => {
    uploads.add(TARGET, files('a', 'b', 'c', 'd'));
    const [first] = sent();
    const [upload] = uploads.all();
    if (upload) uploads.cancel(upload);
    expect(first?.cancelled).toBe(true);
    expect(sent().map(nameOf)).toEqual(['d']);
  });

  it('should ask before the tab is closed while files are on their way, and only then', () => {
    const closes = (): boolean =>
      window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(closes()).toBe(true);
    uploads.add(TARGET, files('a'));
    TestBed.tick();
    expect(closes()).toBe(false);
    sent()[0]?.flush(aDocument());
    TestBed.tick();
    expect(closes()).toBe(true);
  });

  it('should send nothing on in the name of the next person', async () => {
    uploads.add(TARGET, files('a', 'b', 'c', 'd'));
    const requests = sent();
    const leaving = TestBed.inject(SessionStore).signOut();
    network.expectOne('/api/auth/logout').flush(null);
    await leaving;
    await settled();
    expect(requests.every(({ cancelled }) => cancelled)).toBe(true);
    expect(uploads.all()).toEqual([]);
    expect(sent()).toEqual([]);
  });
});
