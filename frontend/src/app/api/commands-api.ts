import { inject, Service } from '@angular/core';
import { ApiCalls } from './api-calls';
import { changeBuiltInCommand } from './generated/fn/commands/change-built-in-command';
import { changeCommand } from './generated/fn/commands/change-command';
import { createCommand } from './generated/fn/commands/create-command';
import { deleteCommand } from './generated/fn/commands/delete-command';
import { listCommands } from './generated/fn/commands/list-commands';
import { restoreBuiltInCommand } from './generated/fn/commands/restore-built-in-command';
import type { ChangeBuiltInCommand } from './generated/models/change-built-in-command';
import type { ChangeCommand } from './generated/models/change-command';
import type { Command } from './generated/models/command';
import type { NewCommand } from './generated/models/new-command';

/** What stands behind `/`: one's own, the team's, or Prosa's. */
export type { Command, NewCommand };
export type BuiltInKey = NonNullable<Command['key']>;

/** `/api/commands`. Every promise rejects with ApiFailure. */
@Service()
export class CommandsApi {
  private readonly api = inject(ApiCalls);

  /** Own, then the team's, then Prosa's; the names of those in the language of the screens. */
  async list(): Promise<readonly Command[]> {
    return (await this.api.call(listCommands, undefined)).items;
  }

  create(command: NewCommand): Promise<Command> {
    return this.api.call(createCommand, { body: command });
  }

  change(id: number, change: ChangeCommand): Promise<Command> {
    return this.api.call(changeCommand, { id, body: change });
  }

  remove(id: number): Promise<void> {
    return this.api.call(deleteCommand, { id });
  }

  changeBuiltIn(key: BuiltInKey, change: ChangeBuiltInCommand): Promise<Command> {
    return this.api.call(changeBuiltInCommand, { key, body: change });
  }

  /** Brings Prosa's own back. */
  restoreBuiltIn(key: BuiltInKey): Promise<void> {
    return this.api.call(restoreBuiltInCommand, { key });
  }
}
