import { inject, Service } from '@angular/core';
import { Router } from '@angular/router';
import { ConversationsApi } from '../api/conversations-api';
import { Drafts } from './drafts';
import { NO_DRAFT } from './draft.rules';
import { ThreadStore } from './thread-store';

/** Makes the conversation that is open before anything was asked in it. */
@Service()
export class ConversationStart {
  private readonly api = inject(ConversationsApi);
  private readonly drafts = inject(Drafts);
  private readonly router = inject(Router);
  private readonly thread = inject(ThreadStore);

  /**
   * What was typed moves along to the conversation that is made.
   * @returns its id
   * @throws ApiFailure
   */
  async begin(wish: {
    readonly instructions?: string | null;
    readonly model: string | null;
  }): Promise<number> {
    const made = await this.api.create(wish);
    this.drafts.write(made.id, this.drafts.read(null));
    this.drafts.write(null, NO_DRAFT);
    this.thread.adopt(made);
    await this.router.navigateByUrl(`/c/${made.id}`, { replaceUrl: true });
    return made.id;
  }
}
