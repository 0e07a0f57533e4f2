import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Command, Conversation, Post } from '#db';
import { DataSource, IsNull } from 'typeorm';

/** Looks rows up by id and owner together, so that another person's row is never loaded. */
@Injectable()
export class OwnershipRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  findConversation(ownerId: number, id: number): Promise<Conversation | null> {
    return this.dataSource.getRepository(Conversation).findOneBy({ id, userId: ownerId });
  }

  /** The post with its conversation. */
  findPost(ownerId: number, id: number): Promise<Post | null> {
    return this.dataSource
      .getRepository(Post)
      .createQueryBuilder('post')
      .innerJoinAndSelect('post.conversation', 'conversation')
      .where('post.id = :id AND conversation.userId = :ownerId', { id, ownerId })
      .getOne();
  }

  /** @param orTeams whether it may also be the team's. */
  findCommand(ownerId: number, orTeams: boolean, id: number): Promise<Command | null> {
    const saved = { id, builtIn: IsNull() };
    const places = [
      { ...saved, userId: ownerId },
      ...(orTeams ? [{ ...saved, userId: IsNull() }] : []),
    ];
    return this.dataSource.getRepository(Command).findOneBy(places);
  }
}
