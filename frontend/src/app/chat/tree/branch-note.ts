import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TranslocoPipe } from '@jsverse/transloco';
import { Icon } from '../../ui/icon';
import { Branching } from './branching';

/** Under the last copied post of a branch: where it is from. */
@Component({
  selector: 'app-branch-note',
  imports: [Icon, RouterLink, TranslocoPipe],
  template: `
    @if (origin(); as from) {
      <p>
        <app-icon name="git-branch" />
        <span>{{ 'tree.branchedHere' | transloco }}</span>
        <a [routerLink]="['/c', from.conversationId]" [queryParams]="{ post: from.postId }">{{
          'tree.seeOrigin' | transloco
        }}</a>
      </p>
    }
  `,
  styles: `
    p {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: center;
      gap: var(--s1) var(--s2);
      margin: var(--s6) 0 0;
      color: var(--ink-soft);
      font-size: var(--size-small);
    }
  `,
})
export class BranchNote {
  private readonly branching = inject(Branching);
  protected readonly origin = this.branching.origin;
}
