import {
  type HttpErrorResponse,
  type HttpEvent,
  HttpEventType,
  HttpRequest,
} from '@angular/common/http';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StreamBackend, type TextPiece } from './stream-backend';

/** What became of a call. */
interface Heard {
  readonly events: HttpEvent<unknown>[];
  failure: HttpErrorResponse | null;
  completed: boolean;
}

const textOf = ({ events }: Heard): string =>
  events
    .filter(({ type }) => type === HttpEventType.User)
    .map((event) => (event as TextPiece).piece)
    .join('');

describe(StreamBackend.name, () => {
  let server: Server;
  let url: string;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeEach(async () => {
    server = createServer((request, response) => answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/events`;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const call = (heard: Heard, request = new HttpRequest<unknown>('GET', url)): Promise<void> =>
    new Promise((resolve) => {
      new StreamBackend().handle(request).subscribe({
        next: (event) => heard.events.push(event),
        error: (failure: HttpErrorResponse) => {
          heard.failure = failure;
          resolve();
        },
        complete: () => {
          heard.completed = true;
          resolve();
        },
      });
    });
  const nothing = (): Heard => ({ events: [], failure: null, completed: false });

  it('should tell all that comes, also letters whose bytes come apart', async () => {
    answer = (_, response) => {
      const bytes = Buffer.from('coração 🌽');
      response.write(bytes.subarray(0, 5));
      setTimeout(() => response.end(bytes.subarray(5)), 40);
    };
    const heard = nothing();
    await call(heard);
    expect(textOf(heard)).toBe('coração 🌽');
    expect(heard.completed).toBe(true);
    expect(heard.events[0]).toMatchObject({ type: HttpEventType.ResponseHeader, ok: true });
  });

  it('should read in one piece what came while it waited', async () => {
    answer = (_, response) => {
      for (let n = 0; n < 100; n += 1) response.write(`${String(n)} `);
      response.end();
    };
    const heard = nothing();
    await call(heard);
    expect(textOf(heard).split(' ')).toHaveLength(101);
    expect(heard.events.length).toBeLessThan(50);
  });

  it('should send the headers and the body of the request', async () => {
    const sent: unknown[] = [];
    answer = (request, response) => {
      sent.push(request.method, request.headers['content-type'], request.headers['x-one']);
      request.setEncoding('utf8').on('data', (part) => sent.push(part));
      request.on('end', () => response.end());
    };
    const request = new HttpRequest<unknown>('POST', url, { prompt: 'Olá' });
    await call(nothing(), request.clone({ setHeaders: { 'X-One': '1' } }));
    expect(sent).toEqual(['POST', 'application/json', '1', '{"prompt":"Olá"}']);
  });

  it('should fail with what the server said', async () => {
    answer = (_, response) => {
      response.writeHead(429, { 'Retry-After': '7' }).end('{"error":{}}');
    };
    const heard = nothing();
    await call(heard);
    expect(heard.failure).toMatchObject({ status: 429, error: '{"error":{}}' });
    expect(heard.failure?.headers.get('Retry-After')).toBe('7');
    expect(heard.events).toEqual([]);
  });

  it('should fail without a status when the response is cut', async () => {
    answer = (_, response) => {
      response.write('meia pala');
      setTimeout(() => response.destroy(), 40);
    };
    const heard = nothing();
    await call(heard);
    expect(textOf(heard)).toBe('meia pala');
    expect(heard.failure).toMatchObject({ status: 0 });
  });

  it('should fail without a status where nobody answers', async () => {
    server.close();
    await once(server, 'close');
    const heard = nothing();
    await call(heard);
    expect(heard.failure).toMatchObject({ status: 0 });
  });

  it('should close the connection when nobody listens any more', async () => {
    const closed = new Promise<void>((resolve) => {
      answer = (_, response) => {
        response.write('Olá');
        response.on('close', resolve);
      };
    });
    await new Promise<void>((resolve) => {
      const subscription = new StreamBackend()
        .handle(new HttpRequest('GET', url))
        .subscribe(({ type }) => {
          if (type !== HttpEventType.User) return;
          subscription.unsubscribe();
          resolve();
        });
    });
    await closed;
  });
});
