import { HttpHeaderResponse } from '@angular/common/http';
import type { HttpTestingController, TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { givenTheApp } from '../../testing/app-providers';
import { arrive, frames } from '../../testing/samples';
import type { AnswerEvent } from '../api/answer-event';
import { AnswerStreams } from '../api/answer-streams';
import type { ApiFailure } from '../api/api-failure';
import { AnswerRun, type RunListener } from './answer-run';

const ASK = '/api/conversations/1/posts';
const FOLLOW = '/api/posts/5/events';
const POST = ['post', { postId: 5, conversationId: 1, parentId: null, runId: 'r' }] as const;
const HELLO = ['delta', { at: 0, text: 'Olá' }] as const;
const DONE = ['done', { status: 'done' }] as const;

const loseNetwork = (request: TestRequest): void => request.error(new ProgressEvent('error'));

let visibility: DocumentVisibilityState = 'visible';

function look(state: DocumentVisibilityState): void {
  visibility = state;
  document.dispatchEvent(new Event('visibilitychange'));
}

class Ear implements RunListener {
  readonly events: AnswerEvent[] = [];
  readonly refusals: ApiFailure[] = [];
  lostCount = 0;
  waiting = false;

  heard(event: AnswerEvent): void {
    this.events.push(event);
  }

  refused(failure: ApiFailure): void {
    this.refusals.push(failure);
  }

  lost(): void {
    this.lostCount += 1;
  }

  waits(waiting: boolean): void {
    this.waiting = waiting;
  }
}

describe(AnswerRun.name, () => {
  let network: HttpTestingController;
  let ear: Ear;
  let run: AnswerRun;

  const start = (): void => {
    const streams = TestBed.inject(AnswerStreams);
    run = AnswerRun.start(streams, ear, () => streams.ask$(1, { prompt: 'Oi' }, 'key-1'));
  };

  beforeEach(async () => {
    network = await givenTheApp();
    jest.useFakeTimers();
    jest.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility);
    visibility = 'visible';
    ear = new Ear();
  });

  afterEach(() => {
    run.close();
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('should tell what is said until the end, and then close', () => {
    start();
    const request = network.expectOne(ASK);
    arrive(request, frames([POST, HELLO, DONE]));
    expect(ear.events.map(({ type }) => type)).toEqual(['post', 'delta', 'done']);
    expect(request.cancelled).toBe(true);
    jest.advanceTimersByTime(60_000);
    network.verify();
  });

  it('should hand the prompt over again with the same key while the network fails', () => {
    start();
    loseNetwork(network.expectOne(ASK));
    jest.advanceTimersByTime(2000);
    const again = network.expectOne(ASK);
    expect(again.request.headers.get('Idempotency-Key')).toBe('key-1');
    expect(ear.refusals).toEqual([]);
  });

  it('should give the prompt back when nobody hears it four times', () => {
    start();
    for (let attempt = 0; attempt < 4; attempt++) {
      loseNetwork(network.expectOne(ASK));
      jest.advanceTimersByTime(20_000);
    }
    network.verify();
    expect(ear.refusals).toHaveLength(1);
  });

  it('should give the prompt back at once when the server refuses it', () => {
    start();
    const body = '{"error":{"code":"SERVER.DATABASE_UNAVAILABLE","message":"Sem banco."}}';
    network.expectOne(ASK).flush(body, { status: 503, statusText: 'Unavailable' });
    jest.advanceTimersByTime(60_000);
    network.verify();
    expect(ear.refusals[0]?.message).toBe('Sem banco.');
  });

  it('should go on from the last event after a break', () => {
    start();
    const request = network.expectOne(ASK);
    arrive(request, frames([POST, HELLO]));
    loseNetwork(request);
    jest.advanceTimersByTime(1000);
    const next = network.expectOne(FOLLOW);
    expect(next.request.headers.get('Last-Event-ID')).toBe('2.20');
    arrive(next, frames([DONE], 3));
    expect(ear.events.at(-1)).toEqual({ type: 'done', status: 'done' });
  });

  it('should say that it waits after the second break in a row, until the server is there', () => {
    start();
    const request = network.expectOne(ASK);
    arrive(request, frames([POST, HELLO]));
    loseNetwork(request);
    expect(ear.waiting).toBe(false);
    jest.advanceTimersByTime(1000);
    loseNetwork(network.expectOne(FOLLOW));
    expect(ear.waiting).toBe(true);
    jest.advanceTimersByTime(1000);
    const headers = new HttpHeaderResponse({ status: 200 });
    network.expectOne(FOLLOW).event(headers);
    expect(ear.waiting).toBe(false);
  });

  it('should connect anew when nothing comes for half a minute: not even a heartbeat', () => {
    start();
    const request = network.expectOne(ASK);
    arrive(request, frames([POST, HELLO]));
    jest.advanceTimersByTime(20_000);
    arrive(request, ': still here\n\n');
    jest.advanceTimersByTime(28_000);
    network.expectNone(FOLLOW);
    jest.advanceTimersByTime(10_000);
    expect(request.cancelled).toBe(true);
    expect(network.expectOne(FOLLOW).request.headers.get('Last-Event-ID')).toBe('2.20');
  });

  it('should close what a tab has open that was hidden before the server had the prompt', () => {
    start();
    look('hidden');
    const request = network.expectOne(ASK);
    arrive(request, frames([POST]));
    expect(request.cancelled).toBe(true);
    look('visible');
    expect(network.expectOne(FOLLOW).request.headers.get('Last-Event-ID')).toBe('1.10');
  });

  it('should come back when told to, and not before', () => {
    start();
    arrive(network.expectOne(ASK), frames([POST, ['reconnect', { afterMs: 3000 }]]));
    jest.advanceTimersByTime(2900);
    network.expectNone(FOLLOW);
    jest.advanceTimersByTime(200);
    network.expectOne(FOLLOW);
  });

  it('should close in a hidden tab and catch up when it is looked at', () => {
    start();
    const request = network.expectOne(ASK);
    arrive(request, frames([POST, HELLO]));
    look('hidden');
    expect(request.cancelled).toBe(true);
    jest.advanceTimersByTime(120_000);
    network.expectNone(FOLLOW);
    look('visible');
    expect(network.expectOne(FOLLOW).request.headers.get('Last-Event-ID')).toBe('2.20');
  });

  it('should hand a prompt over even from a hidden tab', () => {
    start();
    look('hidden');
    expect(network.expectOne(ASK).cancelled).toBe(false);
  });

  it('should follow from the first event again after a hole', () => {
    start();
    arrive(network.expectOne(ASK), frames([POST, HELLO]));
    run.startOver();
    expect(network.expectOne(FOLLOW).request.headers.has('Last-Event-ID')).toBe(false);
  });

  it('should leave a run that is gone to the stored post', () => {
    start();
    const request = network.expectOne(ASK);
    arrive(request, frames([POST]));
    loseNetwork(request);
    jest.advanceTimersByTime(1000);
    const body = '{"error":{"code":"POST.NOT_FOUND","message":"Não."}}';
    network.expectOne(FOLLOW).flush(body, { status: 404, statusText: 'Not Found' });
    expect(ear.lostCount).toBe(1);
  });
});
