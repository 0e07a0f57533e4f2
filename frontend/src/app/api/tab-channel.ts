import { Service } from '@angular/core';
import { Subject } from 'rxjs';

/** What one tab tells the others. */
export type TabMessage =
  | { readonly type: 'signed-out' }
  | { readonly type: 'signed-in'; readonly userId: number }
  | { readonly type: 'history-changed' };

/** Talks to the other tabs of this browser; silent where BroadcastChannel does not exist. */
@Service()
export class TabChannel {
  private readonly channel =
    typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('prosa');
  private readonly heard = new Subject<TabMessage>();

  /** Messages of the other tabs; never one's own. */
  readonly heard$ = this.heard.asObservable();

  constructor() {
    this.channel?.addEventListener('message', (event: MessageEvent<TabMessage>) =>
      this.heard.next(event.data),
    );
  }

  tell(message: TabMessage): void {
    this.channel?.postMessage(message);
  }
}
