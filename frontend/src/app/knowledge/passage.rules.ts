import type { Passage } from '../api/knowledge-contract';

/** Passages under the same heading. */
export interface PassageBlock {
  readonly key: number;
  /** Empty where the one before goes on. */
  readonly heading: string;
  readonly passages: readonly Passage[];
}

/** What stands on one page; in a format without pages, everything. */
export interface PassageSection {
  readonly key: number;
  readonly page: number | null;
  readonly blocks: readonly PassageBlock[];
}

/** Passages in their order, by page and heading; what is said once is not said again. */
export function toSections(passages: readonly Passage[]): readonly PassageSection[] {
  const sections: { key: number; page: number | null; blocks: PassageBlock[] }[] = [];
  let heading = '';
  for (const passage of passages) {
    let section = sections.at(-1);
    if (section?.page !== passage.page || !section) {
      section = { key: passage.n, page: passage.page, blocks: [] };
      sections.push(section);
    }
    const block = section.blocks.at(-1);
    if (block && passage.heading === heading) {
      section.blocks.splice(-1, 1, { ...block, passages: [...block.passages, passage] });
    } else {
      const isNew = passage.heading !== heading;
      const shown = isNew ? passage.heading : '';
      section.blocks.push({ key: passage.n, heading: shown, passages: [passage] });
    }
    heading = passage.heading;
  }
  return sections;
}
