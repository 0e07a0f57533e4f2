import { aCollection, aDocument } from '../../testing/samples';
import { toGroups } from './collection.rules';
import { sortOf, withFirst, withNews } from './document.rules';
import { toSections } from './passage.rules';

describe(toGroups.name, () => {
  it('should part one’s own from those shared and those of the team, and leave out what is empty', () => {
    const own = aCollection({ id: 1, visibility: 'everyone' });
    const team = aCollection({ id: 2, visibility: 'everyone', role: 'editor' });
    const shared = aCollection({ id: 3, visibility: 'shared', role: 'reader' });
    expect(toGroups([team, own])).toEqual([
      { group: 'own', collections: [own] },
      { group: 'team', collections: [team] },
    ]);
    expect(toGroups([shared])).toEqual([{ group: 'shared', collections: [shared] }]);
  });
});

describe(sortOf.name, () => {
  it.each([
    [{ kind: 'page', mediaType: 'text/html' }, 'page'],
    [{ kind: 'text', mediaType: 'text/markdown' }, 'text'],
    [{ mediaType: 'application/pdf', fileName: 'x.docx' }, 'pdf'],
    [{ mediaType: '', fileName: 'Relatório.PPTX' }, 'slides'],
    [{ mediaType: 'text/csv', fileName: 'x.csv' }, 'sheet'],
    [{ mediaType: '', fileName: 'sem-nome' }, 'text'],
  ] as const)('should tell %j', (change, sort) => {
    expect(sortOf(aDocument(change))).toBe(sort);
  });
});

describe('documents shown', () => {
  it('should take news of those that are shown, and of no others', () => {
    const [a, b] = [aDocument({ id: 1 }), aDocument({ id: 2 })];
    const news = aDocument({ id: 2, title: 'Novo' });
    expect(withNews([a, b], [news, aDocument({ id: 3 })])).toEqual([a, news]);
    expect(withFirst([a, b], news)).toEqual([news, a]);
  });
});

describe(toSections.name, () => {
  it('should say each page and heading once, also where a heading goes on over a page', () => {
    const passage = (n: number, page: number, heading: string) => ({ n, page, heading, text: '' });
    const sections = toSections([
      passage(1, 1, ''),
      passage(2, 1, 'A'),
      passage(3, 2, 'A'),
      passage(4, 2, 'A'),
      passage(5, 2, 'B'),
    ]);
    const shape = sections.map(({ page, blocks }) => [
      page,
      blocks.map(({ heading, passages }) => [heading, passages.map(({ n }) => n)]),
    ]);
    expect(shape).toEqual([
      [
        1,
        [
          ['', [1]],
          ['A', [2]],
        ],
      ],
      [
        2,
        [
          ['', [3, 4]],
          ['B', [5]],
        ],
      ],
    ]);
  });
});
