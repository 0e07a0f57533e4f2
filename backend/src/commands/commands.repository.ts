import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Command, forUpdate, inTransaction, isDuplicate, lockAdministration, User } from '#db';
import { DataSource, type EntityManager, In } from 'typeorm';
import { DomainError } from '../platform/domain-error.js';
import type { CommandKey } from './built-in-commands.js';
import { wordOf } from './expand-command.rules.js';

/** Commands that one person, or the team, may have: a menu that one still reads. */
const MOST_COMMANDS = 200;

const TEAM = 'team';
const BUILT_IN = 'built-in';
const ownerOf = (userId: number) => `person:${String(userId)}`;

/** A command as its author writes it. */
export type CommandWish = Pick<Command, 'name' | 'title' | 'text'>;

/** What one prompt may call, of each scope at most one. */
export interface Candidates {
  readonly own: Command | undefined;
  readonly team: Command | undefined;
  readonly builtIn: Command | undefined;
}

/** Saved commands, and what administrators made of built-in ones. */
@Injectable()
export class CommandsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** A person's own, the team's and the changes of built-in ones, each by name. */
  async findFor(
    userId: number,
  ): Promise<{ readonly saved: Command[]; readonly changes: Command[] }> {
    const owners = [ownerOf(userId), TEAM, BUILT_IN];
    const rows = await this.commands.find({ where: { owner: In(owners) }, order: { word: 'ASC' } });
    const of = (owner: string) => rows.filter((row) => row.owner === owner);
    return { saved: [...of(ownerOf(userId)), ...of(TEAM)], changes: of(BUILT_IN) };
  }

  /**
   * What a word may mean to a person.
   * @param key the built-in command of that name, where there is one.
   */
  async findCandidates(userId: number, word: string, key: CommandKey | null): Promise<Candidates> {
    const rows = await this.commands.findBy([
      { owner: In([ownerOf(userId), TEAM]), word },
      ...(key === null ? [] : [{ owner: BUILT_IN, word: key }]),
    ]);
    const of = (owner: string) => rows.find((row) => row.owner === owner);
    return { own: of(ownerOf(userId)), team: of(TEAM), builtIn: of(BUILT_IN) };
  }

  /**
   * Saves a command.
   * @param userId the person whose own it is; null for the team's.
   * @throws {DomainError} COMMAND.NAME_TAKEN, or COMMAND.TOO_MANY.
   */
  create(userId: number | null, wish: CommandWish): Promise<Command> {
    const now = new Date();
    const owner = userId === null ? TEAM : ownerOf(userId);
    return refusingDuplicates(() =>
      inTransaction(this.dataSource, async (manager) => {
        await lockNumberOf(manager, userId);
        if ((await manager.countBy(Command, { owner })) >= MOST_COMMANDS) {
          throw new DomainError('COMMAND.TOO_MANY', { maximum: MOST_COMMANDS });
        }
        const command = manager.create(Command, {
          ...wish,
          owner,
          word: wordOf(wish.name),
          userId,
          builtIn: null,
          createdAt: now,
          updatedAt: now,
        });
        await manager.insert(Command, command);
        return command;
      }),
    );
  }

  /** @throws {DomainError} COMMAND.NAME_TAKEN. */
  async change(id: number, change: Partial<CommandWish>): Promise<void> {
    const { name } = change;
    const word = name === undefined ? {} : { word: wordOf(name) };
    await refusingDuplicates(() =>
      this.commands.update({ id }, { ...change, ...word, updatedAt: new Date() }),
    );
  }

  async remove(id: number): Promise<void> {
    await this.commands.delete({ id });
  }

  /** Puts a text in the place of a built-in command's. The last of several at once stays. */
  async putBuiltIn(key: CommandKey, { title, text }: Omit<CommandWish, 'name'>): Promise<void> {
    const place = { owner: BUILT_IN, word: key };
    const now = new Date();
    await this.commands
      .insert({
        ...place,
        userId: null,
        builtIn: key,
        name: key,
        title,
        text,
        createdAt: now,
        updatedAt: now,
      })
      .catch(async (error: unknown) => {
        if (!isDuplicate(error)) throw error;
        await this.commands.update(place, { title, text, updatedAt: now });
      });
  }

  async removeBuiltIn(key: CommandKey): Promise<void> {
    await this.commands.delete({ owner: BUILT_IN, word: key });
  }

  private get commands() {
    return this.dataSource.getRepository(Command);
  }
}

/** Lets one transaction at a time count what one owner has. */
async function lockNumberOf(manager: EntityManager, userId: number | null): Promise<void> {
  if (userId === null) return lockAdministration(manager);
  const own = manager.createQueryBuilder(User, 'user').select('user.id').where({ id: userId });
  await forUpdate(own).getOne();
}

async function refusingDuplicates<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    throw isDuplicate(error) ? new DomainError('COMMAND.NAME_TAKEN') : error;
  }
}
