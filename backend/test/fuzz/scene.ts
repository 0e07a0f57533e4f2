import type { KnownId, Role, Scenery } from './draft.js';
import type { Random } from './random.js';
import { SERVICE_TOKEN } from './server.js';

/** Routes that end the session they are called with. */
const SIGNS_OUT = '/logout';

const PASSWORD = 'um cavalo amarelo no telhado';

/** Ids by the name that stands before them in a path. */
type Ids = Record<'conversations' | 'posts' | 'commands' | 'users', number[]>;

interface Person {
  readonly username: string;
  readonly id: number;
  token: string;
  /** What the session is renewed with: wrong passwords that the fuzzer sends pause signing in. */
  cookie: string;
}

interface OwnCommand {
  readonly id: number;
  readonly scope: string;
}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly cookie: string;
}

/** The people of a run, what they own, and somebody whose things nobody else may touch. */
export class Scene implements Scenery {
  readonly host: string;
  private readonly owned: Record<Role, Ids>;
  private readonly foreign: Ids = { conversations: [], posts: [], commands: [], users: [] };
  /** Made for administrators to change and to delete. */
  private victims: number[] = [];
  private people = new Map<Role, Person>();
  private witness: Person | undefined;
  /** Signs out in place of everybody else, who would be nobody for the rest of the round. */
  private leaver: Person | undefined;
  private rounds = 0;

  constructor(port: number) {
    this.host = `127.0.0.1:${String(port)}`;
    const none = (): Ids => ({ conversations: [], posts: [], commands: [], users: [] });
    this.owned = { anonymous: none(), member: none(), administrator: none(), service: none() };
  }

  /** Makes the people, and the first things they own. */
  async set(): Promise<void> {
    const setup = { username: 'fuzz.admin', password: PASSWORD };
    const answer = await this.demand(201, 'POST', '/api/setup', undefined, setup);
    const admin = personOf(answer, 'fuzz.admin');
    this.people.set('administrator', admin);
    this.people.set('member', await this.aPerson('fuzz.member'));
    this.leaver = await this.aPerson('fuzz.leaver');
    this.witness = await this.aPerson('fuzz.witness');
    const witnessed = await this.aConversation(this.witness.token);
    this.foreign.conversations.push(witnessed.conversation);
    this.foreign.posts.push(witnessed.post);
    this.foreign.commands.push(await this.aCommand(this.witness.token));
    this.foreign.users.push(admin.id, this.witness.id);
    await this.refill();
  }

  /** Gives everybody new things, since the fuzzer deletes them, and new sessions where they ended. */
  async refill(): Promise<void> {
    this.rounds += 1;
    await this.keepLive(this.leaver);
    await this.liftLimits();
    for (const role of ['member', 'administrator', 'service'] as const) {
      await this.keepLive(this.people.get(role));
      const things = await this.aConversation(this.tokenOf(role) ?? '');
      const ids = this.owned[role];
      ids.conversations = [...ids.conversations.slice(-3), things.conversation];
      ids.posts = [...ids.posts.slice(-3), things.post];
      ids.commands = [await this.aCommand(this.tokenOf(role) ?? '')];
    }
    const victim = { username: `fuzz.victim.${String(this.rounds)}`, password: PASSWORD };
    const token = this.tokenOf('administrator');
    const { body } = await this.demand(201, 'POST', '/api/users', token, victim);
    this.victims = [...this.victims.slice(-3), Number(body['id'])];
    this.owned.administrator.users = this.victims;
  }

  /** The fuzzer sets limits that nobody could ask under. */
  private async liftLimits(): Promise<void> {
    await this.keepLive(this.people.get('administrator'));
    const token = this.tokenOf('administrator');
    const { body } = await this.demand(200, 'GET', '/api/limits', token);
    for (const { id } of body['limits'] as readonly { readonly id: number }[]) {
      await this.demand(204, 'DELETE', `/api/limits/${String(id)}`, token);
    }
  }

  tokenOf(role: Role, path = ''): string | undefined {
    const leaves = path.includes(SIGNS_OUT) && this.people.has(role);
    return leaves ? this.leaver?.token : this.liveTokenOf(role);
  }

  private liveTokenOf(role: Role): string | undefined {
    return role === 'service' ? SERVICE_TOKEN : this.people.get(role)?.token;
  }

  idFor(role: Role, path: string, { of, nth }: KnownId): number {
    const kind = /\/(\w+)\/\{/.exec(path)?.[1] ?? '';
    const owned = this.owned[role];
    const ids = of === 'own' ? owned : this.foreign;
    const known = kind in ids ? ids[kind as keyof Ids] : Object.values(ids).flat();
    // A member has no users, and nobody owns anything without having signed in.
    const id = known.length > 0 ? known[nth % known.length] : this.foreign.conversations[0];
    return Number(this.spare(role, path, String(id ?? 1)));
  }

  /** An administrator may change people: not those without whom the run would end. */
  spare(role: Role, path: string, value: string): string {
    const needed = [...this.people.values(), this.witness, this.leaver].map((person) =>
      String(person?.id),
    );
    const strikes = role === 'administrator' && path.startsWith('/api/users/');
    return strikes && needed.includes(value) ? String(this.victims.at(-1)) : value;
  }

  address(random: Random): string {
    return `10.${String(random.int(0, 255))}.${String(random.int(0, 255))}.${String(random.int(1, 254))}`;
  }

  /** All that the witness can see of what is theirs: the same at the end as at the beginning. */
  async testimony(): Promise<string> {
    await this.keepLive(this.witness);
    const token = this.witness?.token;
    const [conversation] = this.foreign.conversations;
    const paths = [
      '/api/auth/me',
      '/api/conversations',
      '/api/posts',
      `/api/conversations/${String(conversation)}/posts?branch=all`,
    ];
    const seen = [];
    for (const path of paths) {
      seen.push((await this.demand(200, 'GET', path, token)).body);
    }
    seen.push(await this.commandsOf(token ?? ''));
    return JSON.stringify(seen);
  }

  /** What `/health/ready` says. */
  async ready(): Promise<boolean> {
    const { status } = await this.call('GET', '/health/ready');
    return status === 200;
  }

  private async keepLive(person: Person | undefined): Promise<void> {
    if (!person || (await this.isLive(person.token))) {
      return;
    }
    const { cookie } = person;
    const renewed = await this.call('POST', '/api/auth/refresh', undefined, undefined, { cookie });
    Object.assign(
      person,
      renewed.status === 200 ? keysOf(renewed) : await this.signIn(person.username),
    );
  }

  private async isLive(token: string): Promise<boolean> {
    return (await this.call('GET', '/api/auth/me', token)).status === 200;
  }

  private async signIn(username: string, password = PASSWORD): Promise<Person> {
    const credentials = { username, password };
    const answer = await this.demand(200, 'POST', '/api/auth/login', undefined, credentials);
    return personOf(answer, username);
  }

  private async aPerson(username: string): Promise<Person> {
    const first = `primeira senha de ${username}`;
    const admin = this.tokenOf('administrator');
    await this.demand(201, 'POST', '/api/users', admin, { username, password: first });
    const person = await this.signIn(username, first);
    const change = { currentPassword: first, newPassword: PASSWORD };
    await this.demand(200, 'PATCH', '/api/auth/me', person.token, change);
    return person;
  }

  private async aConversation(token: string): Promise<{ conversation: number; post: number }> {
    const made = await this.demand(201, 'POST', '/api/conversations', token, {});
    const conversation = Number(made.body['id']);
    const path = `/api/conversations/${String(conversation)}/posts`;
    const asked = await this.demand(201, 'POST', path, token, {
      prompt: 'Como conecto o Bedrock?',
    });
    return { conversation, post: Number(asked.body['id']) };
  }

  /** A person's own: the team's are an administrator's to change. */
  private async commandsOf(token: string): Promise<readonly OwnCommand[]> {
    const { body } = await this.demand(200, 'GET', '/api/commands', token);
    return (body['items'] as readonly OwnCommand[]).filter(({ scope }) => scope === 'own');
  }

  /** In the place of all others: the fuzzer makes as many as anybody may have. */
  private async aCommand(token: string): Promise<number> {
    for (const { id } of await this.commandsOf(token)) {
      await this.demand(204, 'DELETE', `/api/commands/${String(id)}`, token);
    }
    const wish = { name: 'texto', title: 'Um comando', text: '{{texto}}', scope: 'own' };
    const { body } = await this.demand(201, 'POST', '/api/commands', token, wish);
    return Number(body['id']);
  }

  /** @throws {Error} when the status is not the one that is wanted. */
  private async demand(wanted: number, ...request: Parameters<Scene['call']>): Promise<Answer> {
    const answer = await this.call(...request);
    if (answer.status !== wanted) {
      const [method, path] = request;
      throw new Error(`${method} ${path}: ${String(answer.status)} ${JSON.stringify(answer.body)}`);
    }
    return answer;
  }

  private async call(
    method: string,
    path: string,
    token?: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const origin = `http://${this.host}`;
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: {
        origin,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: JSON.parse(text || '{}') as Answer['body'],
      cookie: response.headers
        .getSetCookie()
        .map((line) => line.split(';', 1)[0])
        .join('; '),
    };
  }
}

/** What a session is used with. */
const keysOf = ({ body, cookie }: Answer) => ({ token: String(body['accessToken']), cookie });

function personOf(answer: Answer, username: string): Person {
  const { id } = answer.body['user'] as { id: number };
  return { username, id, ...keysOf(answer) };
}
