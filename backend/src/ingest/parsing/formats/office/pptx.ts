import { oneLine, type Out } from '../../out.js';
import { ParseRefusal } from '../../protocol.js';
import { isHeader, rowText } from '../../table-row.js';
import type { PackageZip } from '../../zip/package-zip.js';
import {
  attributeOf,
  readXml,
  relationOf,
  type XmlListener,
  type XmlTag,
} from '../../zip/xml-reader.js';
import { relationsOf } from './relations.js';

const TYPE = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';

/** A presentation: each slide is a page under its title, with the notes for its speaker. */
export async function parsePptx(zip: PackageZip, main: string, out: Out): Promise<void> {
  const slides = await slidesOf(zip, main);
  await out.found(TYPE, slides.length);
  for (const [index, part] of slides.entries()) {
    const page = index + 1;
    const slide = new SlideReader();
    await readXml(zip.unpack(part), slide);
    const headings = slide.title === '' ? [] : [slide.title];
    if (page === 1) await out.title(slide.title);
    for (const text of [slide.title, ...slide.texts, ...(await notesOf(zip, part))]) {
      await out.block({ page, headings, text });
    }
    await out.progress(page, slides.length);
  }
}

async function slidesOf(zip: PackageZip, main: string): Promise<string[]> {
  const relations = await relationsOf(zip, main);
  const slides: string[] = [];
  await readXml(zip.unpack(main), {
    open(tag) {
      const target = relations.get(relationOf(tag) ?? '')?.target;
      if (tag.name === 'sldId' && target !== undefined) slides.push(target);
    },
  });
  if (slides.some((part) => !zip.has(part))) throw new ParseRefusal('DAMAGED');
  return slides;
}

async function notesOf(zip: PackageZip, slide: string): Promise<string[]> {
  const relations = [...(await relationsOf(zip, slide)).values()];
  const notes = relations.find(({ type }) => type === 'notesSlide')?.target;
  if (notes === undefined || !zip.has(notes)) return [];
  const reader = new SlideReader();
  await readXml(zip.unpack(notes), reader);
  return reader.texts;
}

/** Shapes that hold no text of the slide's own. */
const FURNITURE = ['sldNum', 'dt', 'ftr', 'hdr', 'sldImg'];
const TITLES = ['title', 'ctrTitle'];

class SlideReader implements XmlListener {
  title = '';
  readonly texts: string[] = [];
  private shape = '';
  private paragraphs: string[] = [];
  private paragraph = '';
  private inText = false;
  private row: string[] = [];
  private header: string[] | undefined;
  private rows = 0;
  private passedOver = 0;

  open(tag: XmlTag): void {
    if (tag.name === 'Fallback') this.passedOver += 1;
    if (this.passedOver > 0) return;
    if (tag.name === 'sp') this.shape = '';
    else if (tag.name === 'ph') this.shape = attributeOf(tag, 'type') ?? 'body';
    else if (tag.name === 'p') this.paragraph = '';
    else if (tag.name === 't') this.inText = true;
    else if (tag.name === 'br') this.paragraph += '\n';
    else if (tag.name === 'tbl') {
      this.rows = 0;
      this.header = undefined;
    }
  }

  close(name: string): void {
    if (name === 'Fallback') this.passedOver -= 1;
    if (this.passedOver > 0) return;
    if (name === 't') this.inText = false;
    else if (name === 'p') this.paragraphs.push(this.paragraph);
    else if (name === 'sp') this.endShape();
    else if (name === 'tc') this.row.push(this.takeParagraphs());
    else if (name === 'tr') this.endRow();
    else if (name === 'tbl') this.endTable();
  }

  text(text: string): void {
    if (this.inText) this.paragraph += text;
  }

  private endShape(): void {
    const text = this.takeParagraphs();
    if (FURNITURE.includes(this.shape)) return;
    if (TITLES.includes(this.shape) && this.title === '') this.title = oneLine(text);
    else this.texts.push(text);
  }

  private endRow(): void {
    this.rows += 1;
    if (this.rows === 1 && isHeader(this.row)) this.header = this.row;
    else this.texts.push(rowText(this.row, this.header));
    this.row = [];
  }

  private endTable(): void {
    if (this.rows === 1 && this.header) this.texts.push(rowText(this.header));
  }

  private takeParagraphs(): string {
    const text = this.paragraphs.filter((paragraph) => paragraph.trim() !== '').join('\n');
    this.paragraphs = [];
    return text;
  }
}
