import { inject, Service } from '@angular/core';
import type { Page, Role, User } from './contract';
import { HttpCalls } from './http-calls';

export interface NewPerson {
  readonly username: string;
  readonly password: string;
  readonly displayName?: string;
  readonly role?: Role;
}

/** `password` resets it: the person must choose another at the next sign-in. */
export interface PersonChange {
  readonly role?: Role;
  readonly suspended?: boolean;
  readonly password?: string;
  readonly displayName?: string;
}

/** `/api/users`, for administrators. Every promise rejects with ApiFailure. */
@Service()
export class PeopleApi {
  private readonly calls = inject(HttpCalls);

  list(cursor: string | null, limit: number): Promise<Page<User>> {
    return this.calls.get('/api/users', { cursor, limit });
  }

  create(person: NewPerson): Promise<User> {
    return this.calls.post('/api/users', person);
  }

  change(id: number, change: PersonChange): Promise<User> {
    return this.calls.patch(`/api/users/${id}`, change);
  }

  remove(id: number): Promise<void> {
    return this.calls.delete(`/api/users/${id}`);
  }
}
