import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, inject, signal } from '@angular/core';
import { TranslocoPipe } from '@jsverse/transloco';
import type { User } from '../api/contract';
import type { PersonChange } from '../api/people-api';
import { SessionStore } from '../auth/session-store';
import { FailureTexts } from '../i18n/failure-texts';
import { When } from '../i18n/when';
import { Icon } from '../ui/icon';
import { PageState } from '../ui/page-state';
import { DeletePerson } from './delete-person';
import { NewPersonDialog } from './new-person';
import { PeopleStore } from './people-store';
import { ResetPassword } from './reset-password';

type Open =
  { readonly dialog: 'new' } | { readonly dialog: 'reset' | 'delete'; readonly person: User };

/** The people of this Prosa, and what an administrator may do about them. */
@Component({
  selector: 'app-people',
  imports: [
    CdkMenu,
    CdkMenuItem,
    CdkMenuTrigger,
    DeletePerson,
    Icon,
    NewPersonDialog,
    ResetPassword,
    PageState,
    TranslocoPipe,
    When,
  ],
  templateUrl: './people.html',
  styleUrl: './people.css',
})
export class People {
  private readonly session = inject(SessionStore);
  private readonly failures = inject(FailureTexts);
  protected readonly store = inject(PeopleStore);
  protected readonly open = signal<Open | null>(null);

  constructor() {
    void this.store.load();
  }

  protected isMe(person: User): boolean {
    return person.id === this.session.user()?.id;
  }

  protected async change(person: User, change: PersonChange): Promise<void> {
    try {
      await this.store.change(person.id, change);
    } catch (thrown) {
      this.failures.show(thrown);
    }
  }
}
