import { Injectable } from '@nestjs/common';
import { Subject } from 'rxjs';

/** What other features may need to know about conversations. */
@Injectable()
export class ConversationEvents {
  /** Ids of conversations that went to the trash or for good: nothing may go on in them. */
  readonly ended$ = new Subject<number>();
}
