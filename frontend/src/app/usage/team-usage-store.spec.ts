import type { HttpTestingController, TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { givenTheApp, settled } from '../../testing/app-providers';
import { usageRow } from '../../testing/samples';
import { TeamUsageStore } from './team-usage-store';

const ZONE = { timeZone: 'America/Sao_Paulo' };
const NOVEMBER = { from: '2026-11-01', to: '2026-11-21' };

describe(TeamUsageStore.name, () => {
  let network: HttpTestingController;
  let store: TeamUsageStore;

  beforeEach(async () => {
    network = await givenTheApp();
    store = TestBed.inject(TeamUsageStore);
  });

  const asked = (model: string, by: string): TestRequest =>
    network.expectOne(
      ({ url, params }) =>
        url === '/api/usage' && params.get('model') === model && params.get('by') === by,
    );
  const answer = (request: TestRequest, calls: number): void =>
    request.flush({ ...NOVEMBER, ...ZONE, rows: [], total: usageRow({ calls }) });

  async function givenAZone(): Promise<void> {
    await settled();
    network
      .expectOne('/api/usage/mine')
      .flush({ month: '2026-11', ...ZONE, rows: [], total: usageRow() });
    await settled();
  }

  it('should show the last that was asked, whatever is answered first', async () => {
    const first = store.load(() => ({ ...NOVEMBER, model: 'a' }), 'model');
    await givenAZone();
    const slow = [asked('a', 'day,model'), asked('a', 'person')];
    const second = store.load(() => ({ ...NOVEMBER, model: 'b' }), 'model');
    await settled();
    for (const request of [asked('b', 'day,model'), asked('b', 'person')]) answer(request, 2);
    await second;
    for (const request of slow) answer(request, 1);
    await first;
    expect(store.view()?.usage.total.calls).toBe(2);
    expect(store.busy()).toBe(false);
    expect(store.state()).toBe('ready');
  });

  it('should ask which day it is where the server is, once', async () => {
    let today = '';
    const load = store.load((day) => {
      today = day;
      return { ...NOVEMBER, model: 'a' };
    }, 'day');
    await givenAZone();
    for (const request of [asked('a', 'day'), asked('a', 'person')]) answer(request, 1);
    await load;
    expect(today).toBe(store.today());
    void store.load(() => ({ ...NOVEMBER, model: 'b' }), 'person');
    await settled();
    network.expectNone('/api/usage/mine');
    asked('b', 'day,person');
  });

  it('should say in words that it could not be read, and recover', async () => {
    const load = store.load(() => ({ ...NOVEMBER, model: 'a' }), 'model');
    await givenAZone();
    asked('a', 'person');
    asked('a', 'day,model').flush(
      { error: { code: 'X', message: 'Muitos dias.' } },
      { status: 400, statusText: 'Bad Request' },
    );
    await load;
    expect(store.state()).toBe('failed');
    expect(store.failure()).toBe('Muitos dias.');
    const again = store.load(() => ({ ...NOVEMBER, model: 'b' }), 'model');
    expect(store.state()).toBe('loading');
    await settled();
    for (const request of [asked('b', 'day,model'), asked('b', 'person')]) answer(request, 3);
    await again;
    expect(store.view()?.usage.total.calls).toBe(3);
  });

  it('should say why a file could not be had: a refusal of a file comes as a file', async () => {
    const load = store.load(() => ({ ...NOVEMBER, model: 'a' }), 'model');
    await givenAZone();
    for (const request of [asked('a', 'day,model'), asked('a', 'person')]) answer(request, 1);
    await load;
    const view = store.view();
    if (!view) throw new Error('nothing is shown');
    const saving = store.csv(view);
    const request = network.expectOne(({ url }) => url === '/api/usage/csv');
    expect(request.request.params.toString()).toBe(
      'from=2026-11-01&to=2026-11-21&model=a&by=day,model',
    );
    const refusal = JSON.stringify({ error: { code: 'X', message: 'Muitos dias.' } });
    request.flush(new Blob([refusal]), { status: 400, statusText: 'Bad Request' });
    await expect(saving).rejects.toMatchObject({ code: 'X', message: 'Muitos dias.' });
  });
});
