/** Characters of a name, so that it is a name on every system, also when it is downloaded again. */
const LONGEST_NAME = 150;

/** Of the part after the last dot; longer is no file's type. */
const LONGEST_EXTENSION = 16;

const NAMELESS = 'file';

/** What hides in a name or turns it around (U+202E), what ends a line, and what ends a text in C. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]/gu;

/** What no system, or not every one, lets a name hold. */
const FORBIDDEN = /["*:<>?|]/g;

/**
 * The name of a file as somebody sent it, made harmless: never a path, nothing invisible, nothing
 * that means more than itself on some system. What is left is shown and sent back, and never opened.
 */
export function harmlessFileName(given: string): string {
  const own = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const name = own
    .replace(/\s+/g, ' ')
    .replace(INVISIBLE, '')
    .replace(FORBIDDEN, '_')
    .replace(/^[. ]+|[. ]+$/g, '');
  return name === '' ? NAMELESS : shortened(name);
}

/** What a document is called before anybody calls it otherwise: its file's name without its type. */
export function titleOf(fileName: string): string {
  return fileName.slice(0, fileName.length - extensionOf(fileName).length) || fileName;
}

function shortened(name: string): string {
  const extension = extensionOf(name);
  const stem = [...name.slice(0, name.length - extension.length)];
  return (
    stem
      .slice(0, LONGEST_NAME - extension.length)
      .join('')
      .trimEnd() + extension
  );
}

/** With its dot; empty where there is none. */
function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 ? name.slice(dot) : '';
  return extension.length <= LONGEST_EXTENSION && !extension.includes(' ') ? extension : '';
}
