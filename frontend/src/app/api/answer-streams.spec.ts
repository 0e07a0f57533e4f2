import { HttpHeaders } from '@angular/common/http';
import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { givenTheApp } from '../../testing/app-providers';
import { arrive, frames } from '../../testing/samples';
import type { AnswerEvent } from './answer-event';
import { AnswerStreams } from './answer-streams';
import type { ApiFailure } from './api-failure';

const STREAM = frames([
  ['post', { postId: 5, conversationId: 1, parentId: null, runId: 'r' }],
  ['delta', { at: 0, text: 'Olá, ' }],
  ['execute', { code: 'alert(1)' }],
  ['delta', { at: 5, text: 'coração 🌽\n' }],
  ['done', { status: 'done' }],
]);

describe(AnswerStreams.name, () => {
  let network: HttpTestingController;

  beforeEach(async () => {
    network = await givenTheApp();
  });

  afterEach(() => network.verify());

  it('should read the same events wherever the pieces of the response end', () => {
    for (let border = 0; border <= STREAM.length; border += 3) {
      const heard: AnswerEvent[] = [];
      const streams = TestBed.inject(AnswerStreams);
      const subscription = streams.follow$(5, null).subscribe(({ event }) => heard.push(event));
      const request = network.expectOne('/api/posts/5/events');
      arrive(request, STREAM.slice(0, border));
      arrive(request, STREAM.slice(border));
      expect(heard.map(({ type }) => type)).toEqual(['post', 'delta', 'delta', 'done']);
      expect(heard[2]).toEqual({ type: 'delta', at: 5, text: 'coração 🌽\n' });
      subscription.unsubscribe();
    }
  });

  it('should send the key, ask for a stream and name the place to go on from', () => {
    const streams = TestBed.inject(AnswerStreams);
    streams.ask$(1, { prompt: 'Oi' }, 'key-1').subscribe();
    const asked = network.expectOne('/api/conversations/1/posts');
    expect(asked.request.headers.get('Idempotency-Key')).toBe('key-1');
    expect(asked.request.headers.get('Accept')).toBe('text/event-stream');
    expect(asked.request.headers.get('Accept-Language')).toBe('pt-BR');
    streams.follow$(5, '3.30').subscribe();
    const followed = network.expectOne('/api/posts/5/events');
    expect(followed.request.headers.get('Last-Event-ID')).toBe('3.30');
  });

  it('should fail with the server’s own words, which arrive as text', () => {
    const failures: ApiFailure[] = [];
    const streams = TestBed.inject(AnswerStreams);
    streams
      .ask$(1, { prompt: 'Oi' }, 'k')
      .subscribe({ error: (f: ApiFailure) => failures.push(f) });
    const body = '{"error":{"code":"RUN.TOO_MANY","message":"Espere."}}';
    const headers = new HttpHeaders({ 'Retry-After': '7' });
    network
      .expectOne('/api/conversations/1/posts')
      .flush(body, { status: 429, statusText: 'Too Many Requests', headers });
    expect(failures[0]).toMatchObject({ status: 429, code: 'RUN.TOO_MANY', retryAfter: 7 });
    expect(failures[0]?.message).toBe('Espere.');
  });

  it('should close the connection when nobody listens any more', () => {
    const subscription = TestBed.inject(AnswerStreams).follow$(5, null).subscribe();
    subscription.unsubscribe();
    expect(network.expectOne('/api/posts/5/events').cancelled).toBe(true);
  });
});
