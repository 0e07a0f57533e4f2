import { Component, effect, inject } from '@angular/core';
import { Router, RouterOutlet } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { keepNext } from './auth/next-page.rules';
import { SessionStore } from './auth/session-store';
import { ToastList } from './ui/toast-list';

/** The root: the page of the route, and the toasts. */
@Component({
  selector: 'app-root',
  imports: [RouterOutlet, ToastList, TranslocoPipe],
  template: `
    <router-outlet />
    <app-toast-list [dismissLabel]="'action.dismiss' | transloco" />
  `,
})
export class App {
  constructor() {
    const session = inject(SessionStore);
    const router = inject(Router);
    let wasSignedIn = false;
    effect(() => {
      const user = session.user();
      if (wasSignedIn && !user && session.status() === 'signed-out') {
        void router.navigate(['/sign-in'], { queryParams: keepNext(router.url) });
      }
      // Found out while they were inside; on the way in, the guards see to it.
      if (wasSignedIn && user?.mustChangePassword) {
        void router.navigate(['/new-password'], { queryParams: keepNext(router.url) });
      }
      wasSignedIn = user !== null;
    });
  }
}
