import type { Language } from '../../platform/language.rules.js';
import type { Progress } from '../model-download.js';
import { Speed } from '../speed.rules.js';
import { COMMAND_TEXTS, filled } from './command-texts.js';
import { leftText, sizeText } from './quantities.rules.js';

/** Where a command writes. */
export interface Screen {
  write(text: string): unknown;
  /** A person looks on, and lines can be written anew. */
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const BAR = 24;
/** How often a bar is drawn anew, in milliseconds. */
const DRAW_MS = 100;
/** Plain lines are written every so many parts of the whole. */
const STEPS = 10;
const DEFAULT_COLUMNS = 80;
const CLEAR = '\r\u001b[2K';

/** Shows how far a download is: a bar for a person, a line now and then for a log. */
export class ProgressLine {
  private readonly speed = new Speed();
  private readonly screen: Screen;
  private readonly language: Language;
  private readonly hub: string;
  private drawnAt = -Infinity;
  private step = 0;
  private phase: Progress['phase'] | undefined;

  constructor(screen: Screen, language: Language, hub: string) {
    this.screen = screen;
    this.language = language;
    this.hub = hub;
  }

  show(progress: Progress, now = performance.now()): void {
    const { phase, doneBytes, totalBytes } = progress;
    const texts = COMMAND_TEXTS[this.language];
    if (phase !== 'downloading') {
      // Each file is checked: for a log, once is enough.
      if (phase !== this.phase && (this.screen.isTTY || phase === 'asking')) {
        this.line(phase === 'asking' ? filled(texts.asking, { hub: this.hub }) : texts.checking);
      }
    } else {
      this.speed.add(doneBytes, now);
      const share = totalBytes > 0 ? doneBytes / totalBytes : 0;
      const step = Math.floor(share * STEPS);
      const isDue = this.screen.isTTY ? now - this.drawnAt >= DRAW_MS : step > this.step;
      if (isDue) {
        this.drawnAt = now;
        this.step = step;
        this.line(this.text(progress, share, now));
      }
    }
    this.phase = phase;
  }

  /** The next line begins anew. */
  end(): void {
    if (this.screen.isTTY) this.screen.write(CLEAR);
  }

  private text({ doneBytes, totalBytes }: Progress, share: number, now: number): string {
    const { language, screen } = this;
    const bytesPerSecond = this.speed.at(now);
    const words = filled(COMMAND_TEXTS[language].progress, {
      percent: new Intl.NumberFormat(language, { style: 'percent' }).format(share),
      done: sizeText(doneBytes, language),
      total: sizeText(totalBytes, language),
      speed: sizeText(bytesPerSecond, language),
      left: leftText((totalBytes - doneBytes) / bytesPerSecond),
    });
    if (!screen.isTTY) return words;
    const filledCells = Math.round(share * BAR);
    return `${'█'.repeat(filledCells)}${'░'.repeat(BAR - filledCells)}  ${words}`;
  }

  private line(text: string): void {
    const { columns, isTTY } = this.screen;
    // A terminal of unknown width says 0.
    const width = columns === undefined || columns === 0 ? DEFAULT_COLUMNS : columns;
    this.screen.write(isTTY ? CLEAR + text.slice(0, width - 1) : `${text}\n`);
  }
}
