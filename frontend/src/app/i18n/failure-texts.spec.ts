import { TestBed } from '@angular/core/testing';
import { givenTheApp } from '../../testing/app-providers';
import { ApiFailure } from '../api/api-failure';
import { Toasts } from '../ui/toasts';
import { FailureTexts } from './failure-texts';

const ID = '1f2e3d4c-0000-4000-8000-000000000000';
const failure = (code: string, id: string | null = ID): ApiFailure =>
  new ApiFailure(500, code, 'Palavras do servidor.', null, null, id);

describe(FailureTexts.name, () => {
  let texts: FailureTexts;

  beforeEach(async () => {
    await givenTheApp();
    texts = TestBed.inject(FailureTexts);
  });

  it('should give the id of a request where the sentence asks for it', () => {
    expect(texts.of(failure('SERVER.ERROR'))).toBe(
      'Palavras do servidor. Código do pedido: 1f2e3d4c.',
    );
    expect(texts.of(failure('SERVER.ERROR', null))).toBe('Palavras do servidor.');
    expect(texts.of(failure('SERVER.STOPPING'))).toBe('Palavras do servidor.');
  });

  it('should let the whole id be copied from a toast', () => {
    let copied = '';
    document.execCommand = () => {
      copied = document.querySelector('textarea')?.value ?? '';
      return true;
    };
    texts.show(failure('SERVER.ERROR'));
    const toasts = TestBed.inject(Toasts);
    const [toast] = toasts.all();
    expect(toast?.action?.label).toBe('Copiar o código');
    if (toast) toasts.act(toast);
    expect(copied).toBe(ID);
    texts.show(failure('USER.NOT_FOUND'));
    expect(toasts.all()[0]?.action).toBeUndefined();
  });
});
