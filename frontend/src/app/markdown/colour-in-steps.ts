const PIECE = /<span class="([\w\s-]+)">|<\/span>|([^<]+)/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
};

/** Spans that are added in a step; a screen of code has about three hundred. */
const SPANS_A_STEP = 40;

/**
 * Puts coloured code in the place of the plain text of `element`, a part with each call: hundreds of
 * spans at once would hold up a frame. Builds nodes from highlight.js's markup, which holds nothing
 * but spans with a class and escaped text. Whatever else it might hold one day stays out of the page,
 * which innerHTML would not ensure.
 * @returns what makes the next part and says whether one is left.
 */
export function colourInSteps(element: HTMLElement, markup: string): () => boolean {
  const pieces = markup.matchAll(PIECE);
  const rest = document.createTextNode(element.textContent);
  element.replaceChildren(rest);
  return () => {
    const { nodes, length, ended } = nextPart(pieces);
    element.insertBefore(nodes, rest);
    rest.deleteData(0, length);
    if (ended) rest.remove();
    return !ended;
  };
}

interface Part {
  readonly nodes: DocumentFragment;
  /** Characters of text in it. */
  readonly length: number;
  readonly ended: boolean;
}

/** Takes pieces until there are enough spans; not within one, so that no part begins inside it. */
function nextPart(pieces: Iterator<RegExpExecArray, undefined>): Part {
  const nodes = document.createDocumentFragment();
  const open: Node[] = [nodes];
  let [length, spans] = [0, 0];
  while (spans < SPANS_A_STEP || open.length > 1) {
    const { value, done } = pieces.next();
    if (done) return { nodes, length, ended: true };
    const [piece, classes, escaped] = value;
    const parent = open.at(-1) ?? nodes;
    if (escaped !== undefined) {
      const text = escaped.replace(/&(?:amp|lt|gt|quot|#x27);/g, (e) => ENTITIES[e] ?? e);
      parent.appendChild(document.createTextNode(text));
      length += text.length;
    } else if (classes !== undefined) {
      const span = document.createElement('span');
      span.className = classes;
      parent.appendChild(span);
      open.push(span);
      spans += 1;
    } else if (piece === '</span>' && open.length > 1) {
      open.pop();
    }
  }
  return { nodes, length, ended: false };
}
