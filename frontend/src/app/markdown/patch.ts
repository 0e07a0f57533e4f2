/**
 * Makes the children of `shown` those of `wanted`, and leaves in place what is the same from the
 * start: of a block that grows only the end is laid out and painted anew, and a selection before it
 * stays. Takes nodes out of `wanted`.
 */
export function patch(shown: Node, wanted: Node): void {
  let old = shown.firstChild;
  let next = wanted.firstChild;
  while (old && next && old.isEqualNode(next)) {
    old = old.nextSibling;
    next = next.nextSibling;
  }
  if (old && next && merge(old, next)) {
    old = old.nextSibling;
    next = next.nextSibling;
  }
  while (old) {
    const gone: ChildNode = old;
    old = old.nextSibling;
    gone.remove();
  }
  while (next) {
    const added: ChildNode = next;
    next = next.nextSibling;
    shown.appendChild(added);
  }
}

/** @returns false where one cannot become the other. */
function merge(old: Node, next: Node): boolean {
  if (old instanceof Text && next instanceof Text) {
    if (next.data.startsWith(old.data)) old.appendData(next.data.slice(old.length));
    else old.data = next.data;
    return true;
  }
  if (!old.cloneNode().isEqualNode(next.cloneNode())) return false;
  patch(old, next);
  return true;
}
