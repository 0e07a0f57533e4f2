import type { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { screen } from '@testing-library/dom';
import { givenTheApp, settled } from '../../../testing/app-providers';
import type { Source } from '../../api/contract';
import type { CitedClaim } from '../../markdown/citations';
import { SourcePanel } from './source-panel';

const aSource = (change: Partial<Source> = {}): Source => ({
  n: 1,
  kind: 'document',
  title: 'Contrato Acme',
  url: null,
  documentId: 31,
  versionId: 90,
  passage: 3,
  page: 2,
  heading: '2 Prazo › 2.2 Rescisão',
  host: null,
  foundAt: null,
  publishedAt: null,
  quote: 'A multa é de 10% do valor.',
  ...change,
});

const passage = (n: number, text: string) => ({ n, page: 2, heading: '', text });

describe(SourcePanel.name, () => {
  let network: HttpTestingController;

  beforeEach(async () => {
    network = await givenTheApp();
    HTMLElement.prototype.scrollIntoView = () => undefined;
  });

  async function open(source: Source, cited: Partial<CitedClaim> = {}): Promise<HTMLElement> {
    const panel = TestBed.createComponent(SourcePanel);
    panel.componentRef.setInput('sources', [source]);
    panel.componentRef.setInput('current', { n: 1, claim: '', verdict: null, ...cited });
    await settled();
    return panel.nativeElement as HTMLElement;
  }

  it('should mark the quotation in its passage, with its place and what stands around it', async () => {
    const panel = await open(aSource(), { claim: 'A multa é de “10% do valor”' });
    network.expectOne('/api/documents/31/passages/3?version=90').flush({
      documentId: 31,
      title: 'Contrato Acme',
      version: { id: 90, n: 1 },
      isCurrent: true,
      n: 3,
      passages: [
        passage(2, 'Antes.'),
        passage(3, 'A multa é de 10% do valor.'),
        passage(4, '<b>x'),
      ],
    });
    await settled();
    expect(panel.querySelector('mark')).toHaveTextContent('10% do valor');
    expect(panel.querySelector('.passage')?.textContent).toBe('A multa é de 10% do valor.');
    expect(screen.getByText('Antes.')).toBeVisible();
    expect(screen.getByText('<b>x')).toBeVisible();
    expect(screen.getByText('Página 2')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Abrir o documento' })).toHaveAttribute(
      'href',
      '/knowledge/documents/31?passage=3&version=90',
    );
  });

  it('should show the kept passage, and say so, when the document is gone or not theirs any more', async () => {
    const panel = await open(aSource());
    const body = { error: { code: 'DOCUMENT.NOT_FOUND', message: 'Não existe.' } };
    network
      .expectOne('/api/documents/31/passages/3?version=90')
      .flush(body, { status: 404, statusText: 'Not Found' });
    await settled();
    expect(panel.querySelector('.passage')).toHaveTextContent('A multa é de 10% do valor.');
    expect(screen.getByRole('status')).toHaveTextContent('não está mais aqui');
    expect(screen.queryByRole('link', { name: 'Abrir o documento' })).toBeNull();
  });

  it('should lead to a page of the web without telling it where one came from', async () => {
    const url = 'https://exemplo.com/um/caminho?longo=1#parte';
    await open(aSource({ kind: 'web', url, host: 'exemplo.com', documentId: null }));
    const link = screen.getByRole('link');
    expect(link).toHaveTextContent(url);
    expect(link).toHaveAttribute('target', '_blank');
    expect(link.getAttribute('rel')).toMatch(/noopener.*noreferrer/);
    expect(screen.getByText('exemplo.com')).toBeVisible();
  });

  it('should make no link of what is no address of the web', async () => {
    await open(aSource({ kind: 'web', url: 'javascript:alert(1)', documentId: null }));
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('should say that what the answer quotes does not stand there', async () => {
    await open(aSource({ kind: 'web', documentId: null }), { verdict: 'misquoted' });
    expect(screen.getByText(/entre aspas não está neste trecho/)).toBeVisible();
  });
});
