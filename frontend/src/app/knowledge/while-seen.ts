import { effect, type Signal, signal } from '@angular/core';

/** How often what goes on at the server is looked at, in milliseconds. */
const LOOK_MS = 1000;
/** And where it could not be asked. */
const RETRY_MS = 4000;

/**
 * Looks again and again while something is under way and the tab is seen; never twice at once. Called
 * where effects may be made; it ends with who called it.
 * @param look rejects where the server could not be asked
 */
export function lookWhile(underWay: Signal<boolean>, look: () => Promise<void>): void {
  const seen = signal(document.visibilityState === 'visible');
  effect((onCleanup) => {
    const heed = (): void => seen.set(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', heed);
    onCleanup(() => document.removeEventListener('visibilitychange', heed));
  });
  effect((onCleanup) => {
    if (!underWay() || !seen()) return;
    let ended = false;
    let timer: ReturnType<typeof setTimeout>;
    const lookIn = (ms: number): void => {
      if (ended) return;
      timer = setTimeout(
        () =>
          void look().then(
            () => lookIn(LOOK_MS),
            () => lookIn(RETRY_MS),
          ),
        ms,
      );
    };
    lookIn(LOOK_MS);
    onCleanup(() => {
      ended = true;
      clearTimeout(timer);
    });
  });
}
