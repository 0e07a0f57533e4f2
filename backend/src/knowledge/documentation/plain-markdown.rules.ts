/**
 * Characters that show nothing, or turn text around on the screen (Unicode TR36): a passage that
 * holds them could look different from what it says. Tabs and line ends are no such.
 */
const INVISIBLE = /(?![\t\n])[\p{Cc}\p{Cf}]/gu;

/** A line that opens or closes a block of code. */
export const FENCE = /^ {0,3}(?:```|~~~)/;

const COMMENT = /<!--[^]*?-->/g;
const TAG = /<\/?[a-z][^>]*>/gi;
const IMAGE = /!\[([^\]]*)\]\([^)]*\)/g;
const LINK = /\[([^\]]+)\]\(([^)\s]*)[^)]*\)/g;
const DEFINITION = /^ {0,3}\[[^\]]+\]:\s.*$/gm;
const INLINE_CODE = /(`+[^`]*`+)/;

/** The text of a file as one reads it: no byte order mark, Unix line ends, nothing invisible. */
export function readable(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(INVISIBLE, '');
}

/** Aligned tables are for those who write them: a cell keeps its words, not its padding. */
const unpadded = (line: string): string =>
  line.startsWith('|') ? line.replace(/ {2,}/g, ' ').replace(/-{4,}/g, '---') : line;

function withoutMarkup(prose: string): string {
  return prose
    .replace(TAG, '')
    .replace(IMAGE, '$1')
    .replace(LINK, (_, label: string, target: string) =>
      /^https?:\/\//i.test(target) ? `${label} (${target})` : label,
    );
}

/**
 * Markdown that cannot do anything when shown: no HTML, no pictures, no links other than an
 * address written out. Code keeps every character.
 */
export function plainMarkdown(markdown: string): string {
  const lines = markdown.replace(COMMENT, '').replace(DEFINITION, '').split('\n');
  let inCode = false;
  return lines
    .map((line) => {
      if (FENCE.test(line)) {
        inCode = !inCode;
        return line;
      }
      if (inCode) return line;
      return unpadded(line)
        .split(INLINE_CODE)
        .map((part, index) => (index % 2 === 1 ? part : withoutMarkup(part)))
        .join('');
    })
    .join('\n');
}
