import { Component, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { AuthCard } from './auth-card';
import { SessionStore } from './session-store';

/** The server did not answer at the start: nobody knows yet who is here. */
@Component({
  selector: 'app-unreachable',
  imports: [AuthCard, TranslocoPipe],
  template: `
    <app-auth-card
      [heading]="'unreachable.title' | transloco"
      [about]="'unreachable.about' | transloco"
    >
      <form (submit)="$event.preventDefault(); tryAgain()">
        <button type="submit" class="button primary" [disabled]="busy()">
          {{ 'action.tryAgain' | transloco }}
        </button>
      </form>
    </app-auth-card>
  `,
  styleUrl: './auth-form.css',
})
export class Unreachable {
  private readonly session = inject(SessionStore);
  private readonly router = inject(Router);
  protected readonly busy = signal(false);

  protected async tryAgain(): Promise<void> {
    this.busy.set(true);
    await this.session.restart();
    this.busy.set(false);
    if (this.session.status() !== 'unreachable') await this.router.navigateByUrl('/');
  }
}
