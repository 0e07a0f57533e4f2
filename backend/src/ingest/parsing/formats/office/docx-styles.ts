import type { PackageZip } from '../../zip/package-zip.js';
import { attributeOf, readXml } from '../../zip/xml-reader.js';

interface Style {
  level: number | undefined;
  basedOn: string | undefined;
}

/** Styles that are based on each other, at most. */
const LONGEST_CHAIN = 20;

/** The level of the heading that each style makes; 0 is the document's title. */
export class DocxStyles {
  private readonly styles = new Map<string, Style>();

  static async read(zip: PackageZip, part: string): Promise<DocxStyles> {
    const read = new DocxStyles();
    let style: Style = { level: undefined, basedOn: undefined };
    if (!zip.has(part)) return read;
    await readXml(zip.unpack(part), {
      open: (tag) => {
        const value = attributeOf(tag, 'val');
        if (tag.name === 'style') {
          style = { level: undefined, basedOn: undefined };
          read.styles.set(attributeOf(tag, 'styleId') ?? '', style);
        } else if (tag.name === 'basedOn') style.basedOn = value;
        else if (tag.name === 'outlineLvl') style.level ??= levelOf(value);
        // The names of built-in styles are English in every language of Word.
        else if (tag.name === 'name') style.level = levelByName(value ?? '');
      },
    });
    return read;
  }

  /** Undefined: a style of ordinary text. */
  levelOf(styleId: string): number | undefined {
    let style = this.styles.get(styleId);
    for (let link = 0; style && link < LONGEST_CHAIN; link += 1) {
      if (style.level !== undefined) return style.level;
      style = style.basedOn === undefined ? undefined : this.styles.get(style.basedOn);
    }
    return undefined;
  }
}

/** From `outlineLvl`, which counts from 0; 9 is ordinary text. */
export function levelOf(value: string | undefined): number | undefined {
  const level = Number(value);
  return Number.isInteger(level) && level >= 0 && level < 6 ? level + 1 : undefined;
}

function levelByName(name: string): number | undefined {
  if (/^title$/i.test(name)) return 0;
  const [, level] = /^heading ([1-6])$/i.exec(name) ?? [];
  return level === undefined ? undefined : Number(level);
}
