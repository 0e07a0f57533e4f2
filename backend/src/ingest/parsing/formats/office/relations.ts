import { posix } from 'node:path';
import { attributeOf, readXml } from '../../zip/xml-reader.js';
import type { PackageZip } from '../../zip/package-zip.js';

/** Another part that a part refers to. */
export interface Relation {
  /** The last word of its kind's address, such as `slide`. */
  readonly type: string;
  /** The name of that part in the archive. */
  readonly target: string;
}

/**
 * What a part refers to, by the names it uses for it.
 * @param part its name in the archive; empty: the archive itself.
 */
export async function relationsOf(zip: PackageZip, part: string): Promise<Map<string, Relation>> {
  const found = new Map<string, Relation>();
  const name = posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`);
  if (!zip.has(name)) return found;
  await readXml(zip.unpack(name), {
    open(tag) {
      const target = attributeOf(tag, 'Target');
      const id = attributeOf(tag, 'Id');
      // What lies outside of the file is not opened, whatever it is.
      if (tag.name !== 'Relationship' || target === undefined || id === undefined) return;
      if (attributeOf(tag, 'TargetMode') === 'External') return;
      const type = attributeOf(tag, 'Type')?.split('/').at(-1) ?? '';
      const path = target.startsWith('/')
        ? target.slice(1)
        : posix.join(posix.dirname(part), target);
      found.set(id, { type, target: path });
    },
  });
  return found;
}
