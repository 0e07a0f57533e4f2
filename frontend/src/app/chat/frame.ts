/** A hidden tab gets no animation frames: a timer serves it this often, in milliseconds. */
const HIDDEN_MS = 250;
/** What one frame may cost before the next is put off, in milliseconds. */
const CHEAP_MS = 20;
/** After a costly frame wait this many times its cost: rendering takes a fifth of the time at most. */
const REST = 4;

/**
 * Collects calls and runs `flush` once a frame, more rarely while flushing is costly, so that a very
 * long block leaves the page answering clicks.
 */
export function perFrame(flush: () => void): () => void {
  let asked = false;
  let freeAt = 0;
  const run = (): void => {
    const start = performance.now();
    if (start < freeAt) {
      setTimeout(next, freeAt - start);
      return;
    }
    asked = false;
    flush();
    // A frame later the change has been rendered, laid out and painted.
    requestAnimationFrame(() =>
      setTimeout(() => {
        const end = performance.now();
        freeAt = end + Math.max(0, end - start - CHEAP_MS) * REST;
      }),
    );
  };
  const next = (): void => {
    if (document.visibilityState === 'hidden') setTimeout(run, HIDDEN_MS);
    else requestAnimationFrame(run);
  };
  return () => {
    if (asked) return;
    asked = true;
    next();
  };
}
