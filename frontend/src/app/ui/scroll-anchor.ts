/** An element and where its top was, in pixels below the top of what scrolls. */
interface Place {
  readonly element: Element;
  readonly top: number;
}

/** How deep into a row the place is looked for: as far as a line of an answer's list or table. */
const DEPTH = 8;
/** Lines of text: what is in them does not move by itself. */
const LINES = 'p, pre, tr, h1, h2, h3, h4, h5, h6, button, svg';
/** Rows before and after the first one seen that take its place when it goes. */
const NEIGHBOURS = 3;

/** Remembers what is at the top of the screen, and brings it back there when the rest has moved. */
export class ScrollAnchor {
  /** The best one first. */
  private places: readonly Place[] = [];

  constructor(private readonly scroller: HTMLElement) {}

  /** Remembers what is seen of `rows` (in the order of the page). */
  remember(rows: readonly Element[]): void {
    const { top } = this.scroller.getBoundingClientRect();
    const first = firstBelow(rows, top);
    const row = rows[first];
    if (!row) return;
    const around = rows
      .slice(Math.max(0, first - NEIGHBOURS), first + NEIGHBOURS)
      .filter((element) => element !== row)
      .reverse();
    this.places = [...within(row, top).reverse(), ...around].map((element) => ({
      element,
      top: element.getBoundingClientRect().top - top,
    }));
  }

  /** Scrolls so that what was remembered is where it was. @returns false when all of it is gone. */
  restore(): boolean {
    const place = this.places.find(({ element }) => isDrawn(element));
    if (!place) return false;
    const { top } = this.scroller.getBoundingClientRect();
    const moved = place.element.getBoundingClientRect().top - top - place.top;
    // Less than half a pixel is rounding: writing it would end a scroll that is going on.
    if (Math.abs(moved) >= 0.5) this.scroller.scrollTop += moved;
    return true;
  }
}

/** A row and what in it reaches over `top`, from the outside in. */
function within(row: Element, top: number): Element[] {
  const found = [row];
  for (let inner: Element | undefined = row; inner && found.length < DEPTH;) {
    if (inner.matches(LINES) || inner.getBoundingClientRect().top >= top) break;
    const children: Element[] = Array.from(inner.children);
    inner = children[firstBelow(children, top)];
    if (inner) found.push(inner);
  }
  return found;
}

/**
 * The first of elements, one below the other, whose end is below `top`; their number where none is.
 * Those that are not drawn are passed over; few are asked, since each asks for the whole layout.
 */
function firstBelow(elements: readonly Element[], top: number): number {
  let found = elements.length;
  let from = 0;
  let to = elements.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    let at = middle;
    let box = elements[at]?.getBoundingClientRect();
    while (box?.height === 0 && at + 1 < to) box = elements[++at]?.getBoundingClientRect();
    if (!box || box.height === 0) {
      to = middle;
    } else if (box.bottom > top + 1) {
      found = at;
      to = middle;
    } else {
      from = at + 1;
    }
  }
  return found;
}

function isDrawn(element: Element): boolean {
  return element.isConnected && element.getBoundingClientRect().height > 0;
}
