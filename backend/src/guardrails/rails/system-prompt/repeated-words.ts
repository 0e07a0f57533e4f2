import { fold } from '#db';

/** A longer prompt is known by its beginning, which is where the instructions are. */
const MOST_WORDS = 5000;
/** Words of a run that are shown before it is held back: two in a row are nothing. */
const SHOWN = 2;
const WORDS = /[\p{L}\p{N}]+/gu;

type Places = ReadonlyMap<string, readonly number[]>;

/** System prompts that are remembered: one a language is what there is. */
const MOST_REMEMBERED = 8;
const remembered = new Map<string, Places>();

/** The places of each word of a prompt. A thousand answers of one prompt share them. */
export function wordPlaces(prompt: string): Places {
  const known = remembered.get(prompt);
  if (known) return known;
  const places = placesIn(prompt);
  const [oldest] = remembered.keys();
  if (remembered.size >= MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  remembered.set(prompt, places);
  return places;
}

function placesIn(prompt: string): Places {
  const places = new Map<string, number[]>();
  (fold(prompt).match(WORDS) ?? []).slice(0, MOST_WORDS).forEach((word, place) => {
    const known = places.get(word);
    if (known) known.push(place);
    else places.set(word, [place]);
  });
  return places;
}

/** Looks for many words of a prompt in a row. */
export class RepeatedWords {
  /** How many words up to the last are those up to a place of the prompt. */
  private runs = new Map<number, number>();
  private longestRun = 0;
  /** Where the last words began, at least as many as are a leak. */
  private readonly starts: number[] = [];

  constructor(
    private readonly places: Places,
    /** So many are a leak. */
    private readonly most: number,
  ) {}

  /**
   * Where words begin that may become a leak; undefined: nowhere.
   * @param word where the word begins that is being written, if one is.
   */
  open(word: number | undefined): number | undefined {
    if (this.longestRun < SHOWN) return undefined;
    const isShown = this.longestRun === SHOWN || this.longestRun >= this.most;
    return isShown ? word : this.startOf(this.longestRun - SHOWN);
  }

  /** Too much stands between two words for them to be in a row. */
  interrupt(): void {
    if (this.longestRun === 0) return;
    this.runs.clear();
    this.longestRun = 0;
  }

  /**
   * @param word in small letters, without accents.
   * @returns where the leak begins that ends with it; what goes on after one is one too.
   */
  take(word: string, start: number): number | undefined {
    const places = this.places.get(word);
    if (!places) {
      this.interrupt();
      return undefined;
    }
    const runs = new Map<number, number>();
    this.longestRun = 0;
    for (const place of places) {
      const run = (this.runs.get(place - 1) ?? 0) + 1;
      runs.set(place, run);
      if (run > this.longestRun) this.longestRun = run;
    }
    this.runs = runs;
    this.starts.push(start);
    if (this.starts.length > this.most * 2) this.starts.splice(0, this.most);
    if (this.longestRun < this.most) return undefined;
    return this.longestRun === this.most ? this.startOf(this.most - SHOWN) : start;
  }

  /** Where the word began that is so many back, the last being 1. */
  private startOf(back: number): number {
    return this.starts[this.starts.length - back] ?? 0;
  }
}
