import { inject, Service } from '@angular/core';
import { ApiCalls, pageQuery } from './api-calls';
import type { Page, User } from './contract';
import { changeUser } from './generated/fn/users/change-user';
import { createUser } from './generated/fn/users/create-user';
import { deleteUser } from './generated/fn/users/delete-user';
import { listUsers } from './generated/fn/users/list-users';
import type { NewUser } from './generated/models/new-user';
import type { UserChange } from './generated/models/user-change';

export type NewPerson = NewUser;

/** `password` resets it: the person must choose another at the next sign-in. */
export type PersonChange = UserChange;

/** `/api/users`, for administrators. Every promise rejects with ApiFailure. */
@Service()
export class PeopleApi {
  private readonly api = inject(ApiCalls);

  list(cursor: string | null, limit: number): Promise<Page<User>> {
    return this.api.call(listUsers, pageQuery(cursor, limit));
  }

  create(person: NewPerson): Promise<User> {
    return this.api.call(createUser, { body: person });
  }

  change(id: number, change: PersonChange): Promise<User> {
    return this.api.call(changeUser, { id, body: change });
  }

  remove(id: number): Promise<void> {
    return this.api.call(deleteUser, { id });
  }
}
