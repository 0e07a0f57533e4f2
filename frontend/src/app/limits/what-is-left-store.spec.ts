import { jest } from '@jest/globals';
import type { HttpTestingController, TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { screen } from '@testing-library/dom';
import { givenTheApp, settled } from '../../testing/app-providers';
import { aLimitLeft, aSession } from '../../testing/samples';
import type { LimitLeft } from '../api/limits-api';
import { SessionStore } from '../auth/session-store';
import { LeftNotice } from './left-notice';
import { WhatIsLeftStore } from './what-is-left-store';

const NOW = new Date(2026, 10, 21, 18);

describe(WhatIsLeftStore.name, () => {
  let network: HttpTestingController;
  let store: WhatIsLeftStore;

  beforeEach(async () => {
    jest.useFakeTimers({ now: NOW });
    network = await givenTheApp();
    const started = TestBed.inject(SessionStore).start();
    network.expectOne('/api/auth/refresh').flush(aSession());
    await started;
    store = TestBed.inject(WhatIsLeftStore);
    TestBed.createComponent(LeftNotice);
    await settled();
  });

  afterEach(() => jest.useRealTimers());

  const calls = (): TestRequest[] => network.match('/api/limits/mine');

  async function hear(limits: readonly LimitLeft[]): Promise<void> {
    network.expectOne('/api/limits/mine').flush({ timeZone: 'America/Sao_Paulo', limits });
    await settled();
  }

  it('should ask once where nobody is limited, however many answers come', async () => {
    await hear([]);
    for (let answers = 0; answers < 5; answers++) await store.heedAnswer();
    await store.ensure();
    expect(calls()).toEqual([]);
    expect(screen.getByRole('status')).toBeEmptyDOMElement();
  });

  it('should say what is left of a near limit, and ask one thing at a time after an answer', async () => {
    const resetsAt = new Date(2026, 10, 22).toISOString();
    await hear([aLimitLeft({ left: 3, near: true, resetsAt })]);
    const line = screen.getByRole('status');
    expect(line).toHaveTextContent('Restam 3 perguntas hoje · renova à meia-noite');
    void store.heedAnswer();
    void store.heedAnswer();
    await hear([aLimitLeft({ left: 1, near: true, resetsAt })]);
    expect(line).toHaveTextContent('Resta 1 pergunta hoje · renova à meia-noite');
    void store.heedAnswer();
    await hear([aLimitLeft({ left: 0, near: true, resetsAt })]);
    expect(line).toHaveTextContent('Não resta nenhuma pergunta hoje · renova à meia-noite');
  });

  it('should be quiet again by itself when the limit has been renewed', async () => {
    const resetsAt = new Date(2026, 10, 21, 18, 1).toISOString();
    await hear([aLimitLeft({ left: 0, near: true, resetsAt })]);
    jest.advanceTimersByTime(60_000);
    await settled();
    await hear([aLimitLeft({ left: 200 })]);
    expect(screen.getByRole('status')).toBeEmptyDOMElement();
    jest.advanceTimersByTime(3_600_000);
    await settled();
    expect(calls()).toEqual([]);
  });

  it('should keep what it knows through a failure, and say why', async () => {
    await hear([aLimitLeft({ left: 3, near: true })]);
    void store.load();
    const error = { error: { code: 'SERVER.DATABASE_UNAVAILABLE', message: 'Sem banco.' } };
    network
      .expectOne('/api/limits/mine')
      .flush(error, { status: 503, statusText: 'Service Unavailable' });
    await settled();
    expect(store.failure()).toBe('Sem banco.');
    expect(store.pressing()?.left).toBe(3);
  });

  it('should forget it all with the person', async () => {
    await hear([aLimitLeft({ left: 3, near: true })]);
    const left = TestBed.inject(SessionStore).signOut();
    network.expectOne('/api/auth/logout').flush(null);
    await left;
    await settled();
    expect(store.limits()).toBeNull();
    expect(screen.getByRole('status')).toBeEmptyDOMElement();
  });
});
