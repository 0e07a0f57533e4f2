import { NumberMaker } from './generated-numbers.js';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** What a text with a long secret is made of, and no part of which may be shown. */
export interface LongSecret {
  readonly name: string;
  readonly text: string;
  /** Its lines, or parts of it. */
  readonly parts: readonly string[];
  /** The text as it is to be shown. */
  readonly shown: string;
}

/** Base64 of a private key of so many bits, in lines as files have them. Random, and of nobody. */
function keyLines(make: NumberMaker, bits: number): string[] {
  const length = Math.ceil((bits * 0.58) / 3) * 4;
  const signs = Array.from({ length: length - 1 }, () => make.oneOf([...BASE64])).join('');
  return `${`MIIJ${signs}`.slice(0, length - 1)}=`.match(/.{1,64}/g) ?? [];
}

const AFTER = 'Guarde-a bem; o resto do texto é comum, e segue por mais uma linha.\n';

/** Private keys as answers hold them: whole or cut, in code, in JSON, quoted. */
export function longSecrets(): LongSecret[] {
  const make = new NumberMaker(20261122);
  const secrets: LongSecret[] = [];
  const add = (
    name: string,
    parts: readonly string[],
    frame: (of: string) => string,
    key: string,
  ) => secrets.push({ name, parts, text: frame(key), shown: frame('[SECRET]') });
  for (const bits of [4096, 8192]) {
    for (const [end, foot] of [
      ['whole', '\n-----END RSA PRIVATE KEY-----'],
      ['without its end', ''],
    ] as const) {
      const lines = keyLines(make, bits);
      const pem = `-----BEGIN RSA PRIVATE KEY-----\n${lines.join('\n')}${foot}`;
      const named = (how: string) => `${String(bits)} bits, ${end}, ${how}`;
      add(named('with text after it'), lines, (of) => `A chave:\n${of}\n\n${AFTER}`, pem);
      add(named('at the end'), lines, (of) => `Segue ${of}`, pem);
      const code = (of: string) => `Use:\n\`\`\`pem\n${of}\n\`\`\`\n${AFTER}`;
      add(named('in a code block'), lines, code, pem);
      const returns = (of: string) => `A chave:\r\n${of}\r\n\r\n${AFTER}`;
      add(named('with CRLF'), lines, returns, pem.replaceAll('\n', '\r\n'));
      const json = (of: string) => `{"private_key": "${of}", "type": "service_account"}\n${AFTER}`;
      add(named('in JSON'), lines, json, pem.replaceAll('\n', '\\n'));
      const quoted = (of: string) => `Ele escreveu:\n> ${of}\n\n${AFTER}`;
      add(named('quoted'), lines, quoted, pem.replaceAll('\n', '\n> '));
    }
  }
  const headed = keyLines(make, 4096);
  const head =
    '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,0A1B';
  const foot = '-----END RSA PRIVATE KEY-----';
  const pem = `${head}\n\n${headed.join('\n')}\n${foot}`;
  add('4096 bits, encrypted', headed, (of) => `${of}${AFTER}`, pem);
  const claims = keyLines(make, 8192).map((line) => line.replace(/[+/=]/g, '-'));
  const token = `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ${claims.join('')}.${claims[3] ?? ''}a`;
  add('a token', claims, (of) => `Envie Bearer ${of}. ${AFTER}`, token);
  return secrets;
}
