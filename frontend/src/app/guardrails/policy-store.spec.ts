import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { givenTheApp, settled } from '../../testing/app-providers';
import { Toasts } from '../ui/toasts';
import { PolicyStore } from './policy-store';

const CONFIG = { path: 'config.yml', text: 'version: 1\n' };
const TERMS = { path: 'rails/blocked_terms.yml', text: 'lists: {}\n' };
const POLICY = {
  ...{ id: 7, source: 'administrator', note: '', createdBy: 'ana', publishedAt: null },
  ...{ createdAt: '2026-11-21T10:00:00Z', active: false, files: [CONFIG, TERMS] },
};

describe(PolicyStore.name, () => {
  let network: HttpTestingController;

  beforeEach(async () => {
    network = await givenTheApp();
  });

  /** What the server is asked first: the version, then whether it is sound. */
  async function loaded(store: PolicyStore): Promise<void> {
    const loading = store.load(7);
    network.expectOne('/api/guardrails/policies/7').flush(POLICY);
    await loading;
    network.expectOne('/api/guardrails/check').flush({ problems: [], rules: {}, notices: [] });
    await settled();
  }

  const written = { ...CONFIG, text: 'version: 1 # mais branda\n' };

  it('should have what was written and not saved back after a reload', async () => {
    const store = TestBed.inject(PolicyStore);
    await loaded(store);
    store.write(written.path, written.text);
    store.describe('mais branda');
    expect(store.changedPaths()).toEqual(['config.yml']);
    const kept = { ...localStorage };

    TestBed.resetTestingModule();
    network = await givenTheApp();
    for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, String(value));
    const after = TestBed.inject(PolicyStore);
    await loaded(after);
    expect(after.files()).toEqual([written, TERMS]);
    expect(after.note()).toBe('mais branda');
  });

  it('should store all files, and forget what was written once they are stored', async () => {
    const store = TestBed.inject(PolicyStore);
    await loaded(store);
    store.write(written.path, written.text);
    const saving = store.save();
    const request = network.expectOne('/api/guardrails/policies');
    expect(request.request.body).toEqual({ files: [written, TERMS], note: '' });
    request.flush({ ...POLICY, id: 8 });
    expect(await saving).toBe(8);
    expect(Object.keys(localStorage).filter((key) => key.includes('policy'))).toEqual([]);
  });

  it('should keep what was written when it is refused, and say where it is wrong', async () => {
    const store = TestBed.inject(PolicyStore);
    await loaded(store);
    store.write(written.path, written.text);
    const problem = { file: 'config.yml', line: 1, column: 1, message: 'não' };
    const saving = store.save();
    network
      .expectOne('/api/guardrails/policies')
      .flush({ code: 'GUARDRAIL.POLICY_INVALID' }, { status: 422, statusText: '' });
    await settled();
    network.expectOne('/api/guardrails/check').flush({ problems: [problem], rules: {} });
    expect(await saving).toBeNull();
    expect(store.files()[0]).toEqual(written);
    expect(store.check()?.problems).toEqual([problem]);
    expect(Object.keys(localStorage).filter((key) => key.includes('policy'))).toHaveLength(1);
  });

  it('should bring back what was discarded', async () => {
    const store = TestBed.inject(PolicyStore);
    await loaded(store);
    store.write(written.path, written.text);
    store.discard();
    expect(store.isChanged()).toBe(false);
    const [toast] = TestBed.inject(Toasts).all();
    if (!toast) throw new Error('Nothing to undo with.');
    TestBed.inject(Toasts).act(toast);
    expect(store.files()).toEqual([written, TERMS]);
  });
});
