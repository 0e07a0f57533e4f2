/** A piece of a document's text: a paragraph, a heading, a row of a table. */
export interface Block {
  /** Counts from 1; null where the format has no pages. */
  readonly page: number | null;
  /** The headings it stands under, outermost first; a heading stands under itself. */
  readonly headings: readonly string[];
  /** Without white space around it; never empty. */
  readonly text: string;
  /** It is a row of a table. */
  readonly row?: boolean;
  /** It stands for itself: it is not put into one passage with its neighbours. */
  readonly alone?: boolean;
}

/** Most of what a document may hold. A book of a thousand pages has about three million characters. */
export const MOST = {
  characters: 10_000_000,
  pages: 5000,
  blocks: 300_000,
  headings: 6,
  /** Of one heading, in characters. */
  heading: 200,
  /** Of one block, in characters; a longer text is several blocks. */
  block: 20_000,
} as const;
