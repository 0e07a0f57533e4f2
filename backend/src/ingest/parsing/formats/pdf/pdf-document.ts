import type { getDocumentProxy } from 'unpdf';

/** A file as pdf.js reads it. */
export type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;
