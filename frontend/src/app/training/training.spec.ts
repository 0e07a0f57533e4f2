import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { fireEvent, screen } from '@testing-library/dom';
import { givenTheApp, settled } from '../../testing/app-providers';
import { aSession } from '../../testing/samples';
import { SessionStore } from '../auth/session-store';
import { CorrectAnswer } from './correct-answer';
import { TrainingConsent } from './training-consent';

const CORRECTION = '/api/posts/7/correction';

describe('training', () => {
  let network: HttpTestingController;

  beforeEach(async () => {
    // jsdom knows the element, not what opens it.
    HTMLDialogElement.prototype.showModal = () => undefined;
    network = await givenTheApp();
    const started = TestBed.inject(SessionStore).start();
    network.expectOne('/api/auth/refresh').flush(aSession());
    await started;
  });

  async function answer(method: string, url: string, body: object | null): Promise<unknown> {
    const call = network.expectOne({ method, url });
    call.flush(body);
    await settled();
    return call.request.body;
  }

  async function givenTheDialog(corrected: string | null): Promise<{ closed: boolean }> {
    const fixture = TestBed.createComponent(CorrectAnswer);
    const seen = { closed: false };
    fixture.componentRef.setInput('postId', 7);
    fixture.componentRef.setInput('answer', 'Dez dias.');
    fixture.componentInstance.closed.subscribe(() => (seen.closed = true));
    fixture.detectChanges();
    await answer('GET', CORRECTION, { answer: corrected, updatedAt: null });
    return seen;
  }
  const box = (): HTMLTextAreaElement => screen.getByLabelText('Resposta certa');
  const press = async (name: string) => {
    fireEvent.click(screen.getByRole('button', { name, hidden: true }));
    await settled();
  };

  it('should begin a correction with the answer, keep it, and say so', async () => {
    const seen = await givenTheDialog(null);
    expect(box()).toHaveValue('Dez dias.');
    fireEvent.input(box(), { target: { value: ' Quinze dias. ' } });
    await press('Salvar');
    const sent = await answer('PUT', CORRECTION, { answer: 'Quinze dias.', updatedAt: null });
    expect(sent).toEqual({ answer: 'Quinze dias.' });
    expect(seen.closed).toBe(true);
  });

  it('should send no empty correction, and take one back', async () => {
    const seen = await givenTheDialog('Quinze dias.');
    expect(box()).toHaveValue('Quinze dias.');
    fireEvent.input(box(), { target: { value: '  ' } });
    await press('Salvar');
    expect(screen.getByText('Escreva a resposta certa.')).toBeInTheDocument();
    await press('Apagar a correção');
    await answer('DELETE', CORRECTION, null);
    expect(seen.closed).toBe(true);
  });

  it('should ask for consent, and take the box back when it could not be given', async () => {
    TestBed.createComponent(TrainingConsent);
    await answer('GET', '/api/training/consent', { givenAt: null });
    const consent = screen.getByRole<HTMLInputElement>('checkbox');
    expect(consent.checked).toBe(false);
    fireEvent.click(consent);
    network
      .expectOne({ method: 'PUT', url: '/api/training/consent' })
      .flush('', { status: 503, statusText: 'Service Unavailable' });
    await settled();
    expect(consent.checked).toBe(false);
    fireEvent.click(consent);
    const sent = await answer('PUT', '/api/training/consent', { givenAt: '2026-11-21T00:00:00Z' });
    expect(sent).toEqual({ given: true });
    expect(consent.checked).toBe(true);
  });
});
