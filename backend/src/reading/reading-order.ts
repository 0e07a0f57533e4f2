import type { Picked, Picking } from './picked.js';
import type { ReadableText } from './readable-text.js';

/** What the reading thread is asked. */
export type ReadingOrder =
  | { readonly read: { readonly html: string; readonly address: string } }
  | { readonly pick: { readonly html: string; readonly picking: Picking } };

/** What it answers; `failed` where the page could not be read. */
export type ReadingAnswer =
  { readonly page: ReadableText } | { readonly picked: Picked } | { readonly failed: string };
