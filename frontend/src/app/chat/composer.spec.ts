import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { fireEvent, screen } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { givenTheApp, settled } from '../../testing/app-providers';
import { aSession } from '../../testing/samples';
import { SessionStore } from '../auth/session-store';
import { Composer } from './composer';
import { ModelsStore } from './models-store';

const MODEL = {
  id: 'openai/fake',
  provider: 'openai',
  contextWindow: 8000,
  available: true,
  reason: null,
  default: true,
};

describe(Composer.name, () => {
  let network: HttpTestingController;

  beforeEach(async () => {
    window.matchMedia = ((query: string) => ({ matches: false, media: query })) as never;
    network = await givenTheApp();
    const started = TestBed.inject(SessionStore).start();
    network.expectOne('/api/auth/refresh').flush(aSession());
    await started;
    const loaded = TestBed.inject(ModelsStore).load();
    network.expectOne('/api/models').flush({ items: [MODEL] });
    await loaded;
    TestBed.createComponent(Composer);
    await settled();
  });

  const box = (): HTMLTextAreaElement => screen.getByLabelText('Sua mensagem');
  const asked = (): boolean => network.match({ method: 'POST', url: '/api/posts' }).length > 0;

  it('should send on Enter and break the line on Shift+Enter', async () => {
    await userEvent.type(box(), 'Oi{Shift>}{Enter}{/Shift}tudo bem?');
    expect(box()).toHaveValue('Oi\ntudo bem?');
    expect(asked()).toBe(false);
    await userEvent.type(box(), '{Enter}');
    await settled();
    expect(asked()).toBe(true);
    expect(box()).toHaveValue('');
  });

  it('should leave Enter to a word that is still being composed', async () => {
    await userEvent.type(box(), 'こんにちは');
    fireEvent.keyDown(box(), { key: 'Enter', isComposing: true });
    await settled();
    expect(asked()).toBe(false);
    expect(box()).toHaveValue('こんにちは');
  });

  it('should send nothing that is empty', async () => {
    await userEvent.type(box(), '   {Enter}');
    expect(asked()).toBe(false);
    expect(screen.getByRole('button', { name: 'Enviar' })).toBeDisabled();
  });

  it('should keep a prompt that is too long and say by how much', async () => {
    fireEvent.input(box(), { target: { value: 'x'.repeat(200_012) } });
    await settled();
    expect(screen.getByText('Caracteres além do limite: 12')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Enviar' })).toBeDisabled();
    expect(box().value).toHaveLength(200_012);
  });
});
