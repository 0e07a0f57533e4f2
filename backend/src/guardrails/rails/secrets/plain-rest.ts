import type { Rest } from '../detector.js';
import { plainReader } from '../plain-reading.js';
import type { TextView } from '../text-view.js';

/** The rest of a secret in a text that is read as plain: its end is told as it was written. */
export class PlainRest implements Rest {
  end: number;
  /** Where the units behind `end` of what was read end, as they were written. */
  private readonly ends: number[] = [];
  /** Units that were read, and written, so far. */
  private read = 0;
  private written: number;
  private unseen: number;

  /**
   * @param rest of the secret as it is read: it begins where `view` does.
   * @param from where that is in the text.
   */
  constructor(
    private readonly rest: Rest,
    view: TextView,
    from: number,
  ) {
    this.written = from;
    this.end = from;
    this.unseen = view.unseen;
    this.note(view);
    this.written = from + view.at(view.text.length);
    this.settle();
  }

  get isOver(): boolean {
    return this.rest.isOver;
  }

  take(text: string, isWhole: boolean): void {
    const view = plainReader.view(text, this.unseen);
    this.unseen = view.unseen;
    this.note(view);
    this.written += text.length;
    this.rest.take(view.text, isWhole);
    this.settle();
  }

  private note(view: TextView): void {
    for (let at = 1; at <= view.text.length; at += 1) this.ends.push(this.written + view.endOf(at));
  }

  private settle(): void {
    const units = this.rest.end - this.read;
    if (units <= 0) return;
    this.end = this.ends[units - 1] ?? this.end;
    this.ends.splice(0, units);
    this.read = this.rest.end;
  }
}
