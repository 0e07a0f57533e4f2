import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { givenTheApp, settled } from '../../testing/app-providers';
import { Toasts } from '../ui/toasts';
import { PoliciesStore } from './policies-store';

const version = (id: number) => ({
  ...{ id, source: 'administrator', note: `nota ${id}`, createdBy: 'ana', publishedAt: null },
  ...{ createdAt: '2026-11-21T10:00:00Z', active: false },
});
const statusOf = (id: number) => ({
  active: { ...version(id), publishedAt: '2026-11-21T10:00:00Z', publishedBy: 'ana' },
  ...{ folder: null, folderProblems: [], rules: {}, judged: [] },
});

describe(PoliciesStore.name, () => {
  let network: HttpTestingController;
  let store: PoliciesStore;

  beforeEach(async () => {
    network = await givenTheApp();
    store = TestBed.inject(PoliciesStore);
  });

  async function published(id: number, before: number): Promise<void> {
    network.expectOne('/api/guardrails/status').flush(statusOf(before));
    await settled();
    network.expectOne(`/api/guardrails/policies/${id}/publish`).flush(version(id));
    await settled();
    network.expectOne('/api/guardrails/status').flush(statusOf(id));
    network
      .expectOne(({ url }) => url === '/api/guardrails/policies')
      .flush({ items: [version(2), version(1)], nextCursor: null });
    await settled();
  }

  function undo(): void {
    const toast = TestBed.inject(Toasts).all().at(-1);
    if (!toast) throw new Error('Nothing to undo with.');
    TestBed.inject(Toasts).act(toast);
  }

  it('should go back to the version that was in force, whoever put it there', async () => {
    void store.publish(2);
    await published(2, 1);
    expect(store.status()?.active.id).toBe(2);
    undo();
    await published(1, 2);
    expect(store.status()?.active.id).toBe(1);
  });

  it('should have a deleted draft again with its files and its note', async () => {
    const files = [{ path: 'config.yml', text: 'version: 1\n' }];
    void store.remove(2);
    network.expectOne('/api/guardrails/policies/2').flush({ ...version(2), files });
    await settled();
    network
      .expectOne(({ method }) => method === 'DELETE')
      .flush(null, { status: 204, statusText: '' });
    await settled();
    undo();
    const again = network.expectOne(({ method }) => method === 'POST');
    expect(again.request.body).toEqual({ files, note: 'nota 2' });
  });
});
