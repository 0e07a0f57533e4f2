import { connect } from 'node:net';

/** What came back for bytes sent as they are, header names in lower case. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Longest a server may take for a raw answer, in milliseconds. */
const RAW_MS = 5_000;

/** Sends bytes as they are, for what `fetch` would not send. */
export async function sendRaw(url: string, bytes: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const raw = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes, 'latin1'));
    let received = '';
    socket.setEncoding('utf8');
    socket.on('data', (data) => (received += String(data)));
    socket.on('close', () => {
      resolve(received);
    });
    socket.on('error', reject);
    socket.setTimeout(RAW_MS, () => socket.destroy());
  });
  const [head = '', ...body] = raw.split('\r\n\r\n');
  const [line = '', ...headers] = head.split('\r\n');
  return {
    status: Number(line.split(' ')[1] ?? 0),
    headers: Object.fromEntries(
      headers.map((header): [string, string] => {
        const at = header.indexOf(': ');
        return [header.slice(0, at).toLowerCase(), header.slice(at + 2)];
      }),
    ),
    text: body.join('\r\n\r\n'),
  };
}
