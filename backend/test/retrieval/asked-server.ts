import { openAsBlob } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QuestionSet, RetrievalQuestion } from './question-set.js';
import type { RetrievalOutcome } from './scores.js';

/** A server that can be asked, as somebody who may add documents. */
export interface AskedServer {
  readonly url: string;
  readonly token: string;
}

/** Passages asked for: the first five count, and those behind them say how far off the right one is. */
const PASSAGES = 10;
/** Documents that are sent, and questions that are asked, at the same time. */
const AT_ONCE = 4;
const POLL_MS = 200;

interface UploadedDocument {
  readonly id: number;
  readonly status: string;
  readonly error: { readonly message: string } | null;
}

interface FoundPassage {
  readonly documentId: number;
  readonly text: string;
}

/** Documents of a set, put into a server, where they can be asked about. */
export class AskedDocuments {
  // Fields are written out, for plain Node runs this file: it strips types and adds nothing.
  private readonly server: AskedServer;
  /** By id, as named below the folder of documents. */
  readonly names: ReadonlyMap<number, string>;

  /** @param names of documents that can be found there, by id. */
  constructor(server: AskedServer, names: ReadonlyMap<number, string>) {
    this.server = server;
    this.names = names;
  }

  /** @returns the id of a new, empty collection. */
  static async newCollection(server: AskedServer): Promise<number> {
    const name = { name: 'Retrieval' };
    return (await call<{ id: number }>(server, 'POST', '/api/collections', name)).id;
  }

  /**
   * Adds every document of a set to a new collection and waits until all can be found.
   * @throws naming the document that could not be read.
   */
  static async add(server: AskedServer, { documents }: QuestionSet): Promise<AskedDocuments> {
    const collectionId = await AskedDocuments.newCollection(server);
    const names = new Map<number, string>();
    const waiting = [...documents];
    const upload = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [name, path] = next;
        const id = await added(server, collectionId, name, path);
        names.set(id, name);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, upload));
    for (const [id, name] of names) await untilReady(server, id, name);
    return new AskedDocuments(server, names);
  }

  /** What is found for each question and what its answer cites, several at a time. */
  askAll(questions: readonly RetrievalQuestion[]): Promise<RetrievalOutcome[]> {
    return someAtOnce(questions, (question) => this.ask(question));
  }

  /** What is found for each question, several at a time; nothing is asked, so nothing is cited. */
  findAll(questions: readonly RetrievalQuestion[]): Promise<RetrievalOutcome[]> {
    return someAtOnce(questions, (question) => this.find(question));
  }

  private async find(question: RetrievalQuestion): Promise<RetrievalOutcome> {
    const q = encodeURIComponent(question.question);
    const path = `/api/knowledge/search?q=${q}&limit=${String(PASSAGES)}`;
    const { items } = await call<{ items: FoundPassage[] }>(this.server, 'GET', path);
    const found = items.map(({ documentId, text }) => ({
      document: this.nameOf(documentId),
      text,
    }));
    return { question, found, cited: [] };
  }

  private async ask(question: RetrievalQuestion): Promise<RetrievalOutcome> {
    const outcome = await this.find(question);
    const answer = await call<{
      answer: string;
      sources: { n: number; documentId: number | null }[];
    }>(this.server, 'POST', '/ask/question', { question: question.question }, question.language);
    const numbers = new Set([...answer.answer.matchAll(/\[(\d+)\]/g)].map(([, n]) => Number(n)));
    return {
      ...outcome,
      cited: answer.sources
        .filter(({ n }) => numbers.has(n))
        .map(({ documentId }) => this.nameOf(documentId)),
    };
  }

  private nameOf(id: number | null): string {
    return (id === null ? undefined : this.names.get(id)) ?? 'elsewhere';
  }
}

async function someAtOnce(
  questions: readonly RetrievalQuestion[],
  outcomeOf: (question: RetrievalQuestion) => Promise<RetrievalOutcome>,
): Promise<RetrievalOutcome[]> {
  const outcomes: RetrievalOutcome[] = [];
  for (let at = 0; at < questions.length; at += AT_ONCE) {
    outcomes.push(...(await Promise.all(questions.slice(at, at + AT_ONCE).map(outcomeOf))));
  }
  return outcomes;
}

async function added(server: AskedServer, collectionId: number, name: string, path: string) {
  const body = new FormData();
  body.append('file', await openAsBlob(path), name.split('/').at(-1));
  const at = `/api/collections/${String(collectionId)}/documents`;
  return (await call<UploadedDocument>(server, 'POST', at, body)).id;
}

async function untilReady(server: AskedServer, id: number, name: string): Promise<void> {
  for (;;) {
    const document = await call<UploadedDocument>(server, 'GET', `/api/documents/${String(id)}`);
    if (document.status === 'ready') return;
    if (document.status === 'failed') {
      throw new Error(`${name}: ${document.error?.message ?? 'could not be read'}`);
    }
    await sleep(POLL_MS);
  }
}

async function call<Body>(
  { url, token }: AskedServer,
  method: string,
  path: string,
  body?: object,
  language = 'en',
): Promise<Body> {
  const isForm = body instanceof FormData;
  const answer = await fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'accept-language': language,
      ...(body && !isForm ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
  });
  if (!answer.ok)
    throw new Error(`${method} ${path}: ${String(answer.status)} ${await answer.text()}`);
  return (await answer.json()) as Body;
}
