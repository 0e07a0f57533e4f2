import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { screen } from '@testing-library/dom';
import { givenTheApp, settled } from '../../testing/app-providers';
import { aCollection } from '../../testing/samples';
import { CollectionsPage } from './collections-page';

const MB = 1_000_000;

describe(CollectionsPage.name, () => {
  let network: HttpTestingController;

  beforeEach(async () => {
    network = await givenTheApp();
  });

  async function open(usedBytes: number): Promise<void> {
    TestBed.createComponent(CollectionsPage);
    await settled();
    network
      .expectOne(({ url }) => url === '/api/collections')
      .flush({ items: [aCollection()], nextCursor: null });
    network
      .expectOne('/api/collections/storage')
      .flush({ usedBytes, maximumBytes: 1000 * MB, maximumUploadBytes: 100 * MB });
    await settled();
  }

  it('should say how much room is taken', async () => {
    await open(12 * MB);
    expect(screen.getByRole('progressbar')).toHaveAccessibleName(/^12 MB usados de 1,0 GB$/);
    expect(screen.getByRole('progressbar')).toHaveAttribute('value', '0.012');
    expect(screen.queryByText(/Pouco espaço/)).toBeNull();
  });

  it('should warn before the room is full', async () => {
    await open(950 * MB);
    expect(screen.getByText(/Pouco espaço/)).toBeVisible();
  });

  it('should show the collections where the room is not known', async () => {
    TestBed.createComponent(CollectionsPage);
    await settled();
    network
      .expectOne(({ url }) => url === '/api/collections')
      .flush({ items: [aCollection()], nextCursor: null });
    network
      .expectOne('/api/collections/storage')
      .flush(null, { status: 500, statusText: 'Server Error' });
    await settled();
    expect(screen.getByRole('link', { name: 'Contratos' })).toBeVisible();
    expect(screen.queryByRole('progressbar')).toBeNull();
  });
});
