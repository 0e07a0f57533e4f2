/** The headings that stand above a place, as a parser comes by them. */
export class HeadingPath {
  private readonly open: { level: number; text: string }[] = [];

  /** A heading ends those of its level and below. @param level from 1, the outermost. */
  enter(level: number, text: string): void {
    while ((this.open.at(-1)?.level ?? 0) >= level) this.open.pop();
    this.open.push({ level, text });
  }

  /** Outermost first. */
  get headings(): string[] {
    return this.open.map(({ text }) => text);
  }
}
