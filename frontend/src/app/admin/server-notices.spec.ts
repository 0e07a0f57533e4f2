import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { screen } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { givenTheApp, settled } from '../../testing/app-providers';
import { ServerNotices } from './server-notices';

const NOTICE = { code: 'SETUP.NO_REDIS', message: '2 processos do Prosa dividem este banco.' };

describe(ServerNotices.name, () => {
  let network: HttpTestingController;

  beforeEach(async () => {
    network = await givenTheApp();
    TestBed.createComponent(ServerNotices);
    await settled();
  });

  const answer = async (...items: readonly (typeof NOTICE)[]): Promise<void> => {
    network.expectOne('/api/notices').flush({ items });
    await settled();
  };

  it('should tell the administrator what the server has to say, until they dismiss it', async () => {
    await answer(NOTICE);
    expect(screen.getByRole('status').textContent).toContain(NOTICE.message);
    await userEvent.click(screen.getByRole('button'));
    await settled();
    expect(screen.queryByRole('status')).toBeNull();
  });

  it('should say nothing where there is nothing to say', async () => {
    await answer();
    expect(screen.queryByRole('status')).toBeNull();
  });

  it('should say nothing of a server that cannot be asked', async () => {
    network.expectOne('/api/notices').error(new ProgressEvent('error'));
    await settled();
    expect(screen.queryByRole('status')).toBeNull();
  });
});
