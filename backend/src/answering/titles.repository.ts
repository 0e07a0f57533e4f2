import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Conversation, indexEntry } from '#db';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { titleOf } from './title.rules.js';

/** What a conversation is called, and by whom. */
export type CurrentTitle = Pick<Conversation, 'title' | 'titleByPerson'>;

/** What a conversation may be called at the end of a run. */
export interface Naming {
  readonly conversationId: number;
  readonly userId: number;
  readonly prompt: string;
  /** What a model made of prompt and answer; null: nothing. */
  readonly written: string | null;
}

/** The titles of conversations, as far as runs give them. */
@Injectable()
export class TitlesRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @returns null for a conversation that was deleted for good. */
  findTitle(conversationId: number): Promise<CurrentTitle | null> {
    return this.dataSource.getRepository(Conversation).findOne({
      select: { id: true, title: true, titleByPerson: true },
      where: { id: conversationId },
    });
  }
}

/**
 * Titles a conversation that has no title, and makes it findable by that; a written title also takes
 * the place of the one that was cut from the same prompt. What a person set stays.
 * @returns the new title, or null where it keeps the one it has.
 */
export async function nameConversation(
  manager: EntityManager,
  { conversationId, userId, prompt, written }: Naming,
): Promise<string | null> {
  const cut = titleOf(prompt);
  const title = written ?? cut;
  const untitled = { id: conversationId, title: IsNull(), titleByPerson: false };
  const places = written === null ? [untitled] : [untitled, { ...untitled, title: cut }];
  for (const place of places) {
    const { affected } = await manager.update(Conversation, place, { title });
    if (affected === 0) continue;
    await indexEntry(manager, { ownerId: userId, conversationId, postId: null, text: title });
    return title;
  }
  return null;
}
