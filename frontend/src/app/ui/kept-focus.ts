import { afterEveryRender, DOCUMENT, inject, Service } from '@angular/core';

/** Whoever knows better where the focus goes on has had time to put it there, in milliseconds. */
const OTHERS_FIRST_MS = 50;

/**
 * Keeps the focus in the page: where what had it is gone, what is nearest around it takes it, and a
 * button that was disabled for a while has it again. Browsers leave it to the body, from where a
 * screen reader begins anew.
 */
@Service()
export class KeptFocus {
  private readonly document = inject(DOCUMENT);
  /** What has the focus, and all that is around it. */
  private trail: readonly Element[] = [];
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor() {
    this.document.addEventListener('focusin', ({ target }) => this.follow(target));
    this.document.addEventListener('focusout', () => setTimeout(() => this.letGo()));
    afterEveryRender({ read: () => this.look() });
  }

  private follow(target: EventTarget | null): void {
    const trail: Element[] = [];
    for (let one = target instanceof Element ? target : null; one; one = one.parentElement) {
      trail.push(one);
    }
    this.trail = trail;
  }

  /** Nobody took it from what could still have it: the person looks elsewhere. */
  private letGo(): void {
    const [holder] = this.trail;
    if (this.isLost() && holder?.isConnected && !isDisabled(holder)) this.trail = [];
  }

  private look(): void {
    if (!this.isLost() || this.trail.length === 0 || this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.giveOn();
    }, OTHERS_FIRST_MS);
  }

  private giveOn(): void {
    const [holder] = this.trail;
    if (!this.isLost() || !holder || (holder.isConnected && isDisabled(holder))) return;
    const heir = this.trail.find(
      (one): one is HTMLElement => one instanceof HTMLElement && one.isConnected && mayHave(one),
    );
    this.trail = [];
    heir?.focus({ preventScroll: true });
  }

  private isLost(): boolean {
    const { activeElement, body } = this.document;
    return activeElement === null || activeElement === body;
  }
}

const isDisabled = (element: Element): boolean => element.matches(':disabled');

const mayHave = (element: HTMLElement): boolean =>
  element.tabIndex >= 0 || element.hasAttribute('tabindex');
