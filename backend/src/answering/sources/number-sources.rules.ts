/**
 * One list from several, the best of each first, then the second of each: none of them is
 * comparable with another, and each is best first.
 * @param most that are kept.
 */
export function interleave<Item>(lists: readonly (readonly Item[])[], most: number): Item[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  const joined: Item[] = [];
  for (let place = 0; place < longest; place += 1) {
    for (const list of lists) {
      const item = list[place];
      if (item !== undefined) joined.push(item);
    }
  }
  return joined.slice(0, most);
}
