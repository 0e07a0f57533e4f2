import { matchesIn } from './find.rules';

/** Names of the highlights; styles.css says how they look. */
const ALL = 'prosa-find';
const CURRENT = 'prosa-find-current';
/** Marking waits for a pause, in milliseconds: an answer may be streaming. */
const PAUSE_MS = 100;

/**
 * Marks the words looked for in the text on the page, with the browser's own highlights: nothing of
 * the page is changed. A browser without them frames the post instead (see `styles/find.css`).
 */
export class HitMarks {
  private readonly observer = new MutationObserver(() => this.markSoon());
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sought: readonly string[] = [];
  private current: number | null = null;
  /** Called with the first match of the current post, once it is on the page. */
  private reached: ((range: Range) => void) | null = null;

  constructor(private readonly root: HTMLElement) {
    this.observer.observe(root, { childList: true, subtree: true, characterData: true });
  }

  /** Marks these words from now on, those of one post more strongly. */
  show(
    sought: readonly string[],
    postId: number | null,
    reached: ((range: Range) => void) | null,
  ): void {
    this.sought = sought;
    this.current = postId;
    this.reached = reached;
    this.markSoon();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.observer.disconnect();
    this.root.querySelector('.found')?.classList.remove('found');
    if (!('highlights' in CSS)) return;
    CSS.highlights.delete(ALL);
    CSS.highlights.delete(CURRENT);
  }

  private markSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.mark(), PAUSE_MS);
  }

  private mark(): void {
    const post = this.root.querySelector(`#post-${String(this.current)}`);
    const ranges = this.sought.length === 0 ? [] : rangesIn(this.root, this.sought);
    const ofPost = ranges.filter((range) => post?.contains(range.startContainer));
    if ('highlights' in CSS) {
      CSS.highlights.set(ALL, new Highlight(...ranges));
      CSS.highlights.set(CURRENT, new Highlight(...ofPost));
    } else {
      this.root.querySelector('.found')?.classList.remove('found');
      post?.classList.add('found');
    }
    const [first] = ofPost;
    if (!first || !this.reached) return;
    this.reached(first);
    this.reached = null;
  }
}

function rangesIn(root: HTMLElement, sought: readonly string[]): Range[] {
  const ranges: Range[] = [];
  for (const part of root.querySelectorAll('app-prompt-block .prompt, app-markdown')) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const [start, end] of matchesIn(node.nodeValue ?? '', sought)) {
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, end);
        ranges.push(range);
      }
    }
  }
  return ranges;
}
