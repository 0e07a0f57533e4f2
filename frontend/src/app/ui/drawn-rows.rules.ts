/** A run of pixels, [from, to). */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A row that is in the page, and how much emptiness stands before it for those that are not. */
export interface DrawnRow {
  readonly index: number;
  readonly gap: number;
}

export interface DrawnRows {
  readonly rows: readonly DrawnRow[];
  /** Emptiness after the last one, in pixels. */
  readonly after: number;
  /** False when rows that are wanted have been left for the next frame. */
  readonly complete: boolean;
}

export interface DrawWish {
  /** Height of every row, measured or estimated, in pixels. */
  readonly heights: readonly number[];
  /** What is seen of the list, in pixels from its top. */
  readonly seen: Stretch;
  /** Rows that are in the page now, and rows that must stay (they hold the focus or a selection). */
  readonly drawn: ReadonlySet<number>;
  readonly kept: ReadonlySet<number>;
  /** Whether one looks at the end, which is drawn first; else at the top of what is seen. */
  readonly atEnd: boolean;
}

/** Rows are made ready this many screens ahead of where one looks. */
const AHEAD = 1;
/** A row stays in the page until it is this many screens away: nobody scrolls in one direction only. */
const STAY = 2;

/**
 * Which rows to draw. One row more at once, what is seen before what will be seen soon: making a
 * row takes a good part of a frame's time.
 */
export function drawnRows({ heights, seen, drawn, kept, atEnd }: DrawWish): DrawnRows {
  const screen = seen.to - seen.from;
  const near = widened(seen, screen / 4);
  const soon = widened(seen, screen * AHEAD);
  const stay = widened(seen, screen * STAY);
  const chosen = new Set<number>();
  const urgent: Candidate[] = [];
  const ahead: Candidate[] = [];
  let top = 0;
  for (const [index, height] of heights.entries()) {
    const row = { from: top, to: top + height };
    top = row.to;
    const away = Math.max(row.from - seen.to, seen.from - row.to);
    const distance = touches(row, seen) ? -1 : away;
    if (kept.has(index) || (drawn.has(index) && touches(row, stay))) chosen.add(index);
    else if (touches(row, near)) urgent.push({ index, distance });
    else if (touches(row, soon)) ahead.push({ index, distance });
  }
  const next = nearest(urgent.length > 0 ? urgent : ahead, atEnd);
  if (next) chosen.add(next.index);
  const complete = urgent.length + ahead.length <= 1;
  return { ...placed(heights, chosen), complete };
}

/** A row that is wanted, and how far from what is seen it is, in pixels; -1 for one that is seen. */
interface Candidate {
  readonly index: number;
  readonly distance: number;
}

/** The nearest one; of those that are seen, the first or the last. */
function nearest(rows: readonly Candidate[], atEnd: boolean): Candidate | undefined {
  const inOrder = atEnd ? rows.toReversed() : rows;
  return inOrder.toSorted((a, b) => a.distance - b.distance)[0];
}

function placed(
  heights: readonly number[],
  chosen: ReadonlySet<number>,
): Omit<DrawnRows, 'complete'> {
  const rows: DrawnRow[] = [];
  let gap = 0;
  for (const [index, height] of heights.entries()) {
    if (chosen.has(index)) {
      rows.push({ index, gap });
      gap = 0;
    } else {
      gap += height;
    }
  }
  return { rows, after: gap };
}

/** What is known of where one looks. */
export interface Looking {
  /** Height of the screen, in pixels. */
  readonly viewport: number;
  readonly atEnd: boolean;
  /** Rows that are on the screen, the best one first, and their tops below its top, in pixels. */
  readonly places: readonly { readonly key: string; readonly top: number }[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** How far the list is scrolled, in pixels; not right yet when items have come before it. */
  readonly scrolled: number;
}

/** What is seen of the list, by what stays where it is rather than by the scrolling. */
export function seenStretch(heights: readonly number[], looking: Looking): Stretch {
  const { viewport, atEnd, places, indexOf, scrolled } = looking;
  if (atEnd) {
    const to = topOf(heights, heights.length);
    return { from: to - viewport, to };
  }
  const place = places.find(({ key }) => indexOf.has(key));
  const from = place ? topOf(heights, indexOf.get(place.key) ?? 0) - place.top : scrolled;
  return { from, to: from + viewport };
}

/** Pixels from the top of the list to the top of a row. */
export function topOf(heights: readonly number[], index: number): number {
  let top = 0;
  for (const height of heights.slice(0, index)) top += height;
  return top;
}

const widened = ({ from, to }: Stretch, by: number): Stretch => ({ from: from - by, to: to + by });

const touches = (a: Stretch, b: Stretch): boolean => a.from < b.to && a.to > b.from;
