import { inject, Service } from '@angular/core';
import { Router, type NavigationError } from '@angular/router';
import { LanguageStore } from './i18n/language-store';
import { Toasts } from './ui/toasts';

/**
 * What happens when the code of a page does not come: offline, the person is told; after an upgrade
 * of the server, whose new build has other file names, the page is loaded afresh.
 */
@Service()
export class PageLoading {
  private readonly router = inject(Router);
  private readonly languages = inject(LanguageStore);
  private readonly toasts = inject(Toasts);

  /** Rethrows nothing: the router has reported the error already. */
  async heedFailure({ error, url }: NavigationError): Promise<void> {
    // A failed import() is a TypeError in every browser, its words differ.
    if (!(error instanceof TypeError)) return;
    const reachable = await isServerThere();
    // The first page of all would be loaded afresh for ever.
    if (reachable && this.router.navigated) this.reload(url);
    else this.toasts.show(this.languages.text(reachable ? 'failure.unknown' : 'failure.offline'));
  }

  /** Goes to `url` with the code that the server has now. */
  protected reload(url: string): void {
    location.assign(url);
  }
}

async function isServerThere(): Promise<boolean> {
  try {
    return (await fetch('/health/live', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}
