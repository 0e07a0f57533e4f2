import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A request as its bytes came. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query as they stood in the request. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer | string;
}

/** Whose requests are accepted, and where. */
export interface SigningKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  /** `es`, `aoss`, `bedrock`. */
  readonly service: string;
}

/** What must be signed of a request whatever else is; HTTP/2 names the host in another way. */
const ALWAYS_SIGNED = [['host', ':authority'], ['x-amz-date']];

/**
 * Judges a request as AWS does: "Create a signed AWS API request", AWS Identity and Access
 * Management user guide. Written from there, not from the library that signs.
 * @returns why it is refused; undefined where its signature is right.
 */
export function signatureProblem(request: SignedRequest, keys: SigningKeys): string | undefined {
  const { authorization = '' } = request.headers;
  const [, credential = '', signedHeaders = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      authorization,
    ) ?? [];
  if (signature === '') return 'no signature';
  const time = String(request.headers['x-amz-date']);
  const scope = [time.slice(0, 8), keys.region, keys.service, 'aws4_request'].join('/');
  if (credential !== `${keys.accessKeyId}/${scope}`) return `signed for ${credential}`;
  const names = signedHeaders.split(';');
  const left = ALWAYS_SIGNED.find((any) => !any.some((name) => names.includes(name)));
  if (left) return `${String(left[0])} is not signed`;
  const hash = sha256(request.body);
  const declared = request.headers['x-amz-content-sha256'];
  if (declared !== undefined && declared !== hash) return 'the body is another one';
  const canonical = [
    request.method,
    ...canonicalAddress(request.url),
    ...names.map((name) => `${name}:${valueOf(request.headers, name)}`),
    '',
    signedHeaders,
    hash,
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const right = signed(text, time.slice(0, 8), keys);
  return right === signature ? undefined : 'another signature';
}

/** The path, each part encoded once more than it was sent, and the parameters in their order. */
function canonicalAddress(url: string): [string, string] {
  const [path = '', query = ''] = url.split('?');
  const parameters = query
    .split('&')
    .filter(Boolean)
    .map((parameter) => {
      const [name = '', value = ''] = parameter.split('=');
      return `${encoded(decodeURIComponent(name))}=${encoded(decodeURIComponent(value))}`;
    });
  return [path.split('/').map(encoded).join('/'), parameters.sort().join('&')];
}

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const valueOf = (headers: IncomingHttpHeaders, name: string): string =>
  String(headers[name]).trim().replace(/\s+/g, ' ');

function signed(text: string, day: string, { secretAccessKey, region, service }: SigningKeys) {
  const key = [day, region, service, 'aws4_request'].reduce<Buffer | string>(
    hmac,
    `AWS4${secretAccessKey}`,
  );
  return hmac(key, text).toString('hex');
}

const hmac = (key: Buffer | string, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
