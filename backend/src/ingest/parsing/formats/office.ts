import type { Out } from '../out.js';
import { ParseRefusal } from '../protocol.js';
import { PackageZip } from '../zip/package-zip.js';
import { parseDocx } from './office/docx.js';
import { parsePptx } from './office/pptx.js';
import { relationsOf } from './office/relations.js';
import { parseXlsx } from './office/xlsx.js';

/** An Office file (Open XML): which of the three, its main part tells. */
export async function parseOffice(path: string, out: Out): Promise<void> {
  const zip = await PackageZip.open(path);
  const main = [...(await relationsOf(zip, '')).values()].find(
    ({ type }) => type === 'officeDocument',
  );
  switch (main?.target.split('/')[0]) {
    case 'word':
      return parseDocx(zip, main.target, out);
    case 'ppt':
      return parsePptx(zip, main.target, out);
    case 'xl':
      return parseXlsx(zip, main.target, out);
    default:
      throw new ParseRefusal('TYPE'); // A zip archive, or an Office file of another maker.
  }
}
