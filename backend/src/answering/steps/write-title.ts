import { Injectable, Logger } from '@nestjs/common';
import type { ChatModel } from '../../llm/chat-model.js';
import { ModelHealth } from '../../llm/model-health.js';
import { TitleModels } from '../../llm/title-models.js';
import { DomainError } from '../../platform/domain-error.js';
import type { LiveRun } from '../live-run.js';
import { PendingTitle, type Titled, UNTITLED } from '../pending-title.js';
import { isNamed, mayBeTitled } from '../title.rules.js';
import { TitlesRepository } from '../titles.repository.js';
import { TITLE_TOKENS, titleMessages, writtenTitle } from '../written-title.rules.js';
import type { Call } from './asking.js';
import { SideCall, type SideQuestion } from './side-call.js';

/** Lets a model write the title of a conversation, while its first answer goes on. */
@Injectable()
export class WriteTitle {
  private readonly logger = new Logger(WriteTitle.name);

  constructor(
    private readonly writers: TitleModels,
    private readonly titles: TitlesRepository,
    private readonly health: ModelHealth,
    private readonly calls: SideCall,
  ) {}

  /** The title of a run that begins; nothing is asked before some of its answer is there. */
  begin(run: LiveRun): PendingTitle {
    return new PendingTitle(run, this.writers.waitMs, (own) => this.write(run, own));
  }

  /** Never throws: whatever goes wrong costs the title only, and no call is forgotten. */
  private async write(run: LiveRun, own: LiveRun): Promise<Titled> {
    const calls: Call[] = [];
    try {
      const model = await this.writerOf(run);
      if (!model || own.signal.aborted || !this.health.isWell(model.id)) return UNTITLED;
      const { typed, language } = run.accepted;
      const question: SideQuestion = {
        ...{ purpose: 'title', step: 'title', maxOutputTokens: TITLE_TOKENS },
        messages: titleMessages(typed, run.released, language),
      };
      const fitted = this.calls.fitted(model, question);
      if (!fitted) return UNTITLED;
      const { status } = await this.calls.ask(run, own, model, question, fitted, calls);
      return { title: status === 'done' ? writtenTitle(own.added) : null, calls };
    } catch (error) {
      // A limit that has no room for a title says nothing of the answer.
      if (!(error instanceof DomainError)) {
        const { postId } = run.accepted;
        this.logger.warn({ err: error, runId: run.id, postId }, 'a title was not written');
      }
      return { title: null, calls };
    }
  }

  private async writerOf({ accepted }: LiveRun): Promise<ChatModel | undefined> {
    if (!mayBeTitled(accepted)) return undefined;
    const model = await this.writers.writerFor(accepted.modelId);
    if (!model) return undefined;
    const current = await this.titles.findTitle(accepted.conversationId);
    return current && !isNamed(current, accepted.typed) ? model : undefined;
  }
}
