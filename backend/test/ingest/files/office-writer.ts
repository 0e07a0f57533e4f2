import { type ZipPart, zipOf } from './zip-writer.js';

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const relations = (entries: readonly { id: string; type: string; target: string }[]): string =>
  `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${entries
    .map(
      ({ id, type, target }) =>
        `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`;

/** An Office file with this main part. */
const packageOf = (main: string, parts: readonly ZipPart[]): Buffer =>
  zipOf([
    {
      name: '_rels/.rels',
      bytes: relations([{ id: 'rId1', type: 'officeDocument', target: main }]),
    },
    ...parts,
  ]);

const STYLES = `<w:styles xmlns:w="w"><w:style w:styleId="Ttulo1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Ttulo2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="Meu"><w:name w:val="Meu"/><w:basedOn w:val="Ttulo2"/></w:style></w:styles>`;

/** A paragraph of Word; a run's text stands between the marks of a run. */
export const wordParagraph = (text: string, style?: string): string =>
  `<w:p>${style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

export const wordTable = (rows: readonly (readonly string[])[]): string =>
  `<w:tbl>${rows
    .map(
      (row) => `<w:tr>${row.map((cell) => `<w:tc>${wordParagraph(cell)}</w:tc>`).join('')}</w:tr>`,
    )
    .join('')}</w:tbl>`;

/** @param main what the zip says and holds of the main part, where that is not the truth. */
export const docxOf = (
  body: string,
  main: Partial<ZipPart> = {},
  more: readonly ZipPart[] = [],
): Buffer =>
  packageOf('word/document.xml', [
    { name: 'word/styles.xml', bytes: STYLES },
    {
      name: 'word/document.xml',
      bytes: `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w" xmlns:mc="m"><w:body>${body}</w:body></w:document>`,
      ...main,
    },
    ...more,
  ]);

export interface Slide {
  readonly title: string;
  readonly texts: readonly string[];
  readonly notes?: string;
}

export function pptxOf(slides: readonly Slide[]): Buffer {
  const parts: ZipPart[] = slides.flatMap(({ title, texts, notes }, index) => {
    const name = `slide${String(index + 1)}.xml`;
    const shape = (text: string, placeholder: string) =>
      `<p:sp><p:nvSpPr><p:nvPr><p:ph type="${placeholder}"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`;
    const sld = (inner: string) => `<p:sld xmlns:p="p" xmlns:a="a">${inner}</p:sld>`;
    return [
      {
        name: `ppt/slides/${name}`,
        bytes: sld(
          [
            shape(title, 'title'),
            ...texts.map((text) => shape(text, 'body')),
            shape(String(index + 1), 'sldNum'),
          ].join(''),
        ),
      },
      ...(notes === undefined
        ? []
        : [
            {
              name: `ppt/slides/_rels/${name}.rels`,
              bytes: relations([
                { id: 'rId1', type: 'notesSlide', target: `../notesSlides/${name}` },
              ]),
            },
            { name: `ppt/notesSlides/${name}`, bytes: sld(shape(notes, 'body')) },
          ]),
    ];
  });
  const ids = slides.map(
    (_, index) => `<p:sldId id="${String(256 + index)}" r:id="rId${String(index + 1)}"/>`,
  );
  const targets = slides.map((_, index) => ({
    id: `rId${String(index + 1)}`,
    type: 'slide',
    target: `slides/slide${String(index + 1)}.xml`,
  }));
  return packageOf('ppt/presentation.xml', [
    {
      name: 'ppt/presentation.xml',
      bytes: `<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst>${ids.join('')}</p:sldIdLst></p:presentation>`,
    },
    { name: 'ppt/_rels/presentation.xml.rels', bytes: relations(targets) },
    ...parts,
  ]);
}

/** A sheet; a number is a number, and a date is one in the second style. */
export interface Sheet {
  readonly name: string;
  readonly hidden?: boolean;
  readonly rows: readonly (readonly (string | number | Date | null)[])[];
  /** What stands in its part instead of its rows. */
  readonly xml?: string;
}

export function xlsxOf(sheets: readonly Sheet[]): Buffer {
  const strings: string[] = [];
  const cell = (value: string | number | Date | null, row: number, column: number): string => {
    const at = `r="${String.fromCharCode(65 + column)}${String(row + 1)}"`;
    if (value === null) return '';
    if (typeof value === 'number') return `<c ${at}><v>${String(value)}</v></c>`;
    if (value instanceof Date) {
      return `<c ${at} s="1"><v>${String((value.getTime() - Date.UTC(1899, 11, 30)) / 86_400_000)}</v></c>`;
    }
    strings.push(value);
    return `<c ${at} t="s"><v>${String(strings.length - 1)}</v></c>`;
  };
  const files = sheets.map(({ rows, xml }, index) => ({
    name: `xl/worksheets/sheet${String(index + 1)}.xml`,
    bytes:
      xml ??
      `<worksheet><sheetData>${rows
        .map((row, r) => `<row>${row.map((value, c) => cell(value, r, c)).join('')}</row>`)
        .join('')}</sheetData></worksheet>`,
  }));
  const listed = sheets.map(
    ({ name, hidden }, index) =>
      `<sheet name="${name}"${hidden ? ' state="hidden"' : ''} r:id="rId${String(index + 1)}"/>`,
  );
  return packageOf('xl/workbook.xml', [
    {
      name: 'xl/workbook.xml',
      bytes: `<workbook xmlns:r="r"><sheets>${listed.join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      bytes: relations(
        sheets.map((_, index) => ({
          id: `rId${String(index + 1)}`,
          type: 'worksheet',
          target: `worksheets/sheet${String(index + 1)}.xml`,
        })),
      ),
    },
    {
      name: 'xl/sharedStrings.xml',
      bytes: `<sst>${strings.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`,
    },
    {
      name: 'xl/styles.xml',
      bytes: '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    },
    ...files,
  ]);
}
