import { crc32 } from 'node:zlib';

/** A header of AWS's event stream: length and name, type 7 (string), length and value. */
function headerBytes(name: string, value: string): Buffer {
  const key = Buffer.from(name);
  const text = Buffer.from(value);
  const type = Buffer.from([7, text.length >> 8, text.length & 255]);
  return Buffer.concat([Buffer.from([key.length]), key, type, text]);
}

/**
 * One frame of `application/vnd.amazon.eventstream`: total length, length of headers, CRC of both;
 * headers; payload; CRC of all before.
 */
export function eventFrame(
  type: string,
  payload: Readonly<Record<string, unknown>>,
  kind: 'event' | 'exception' = 'event',
): Buffer {
  const headers = Buffer.concat([
    headerBytes(':message-type', kind),
    headerBytes(`:${kind}-type`, type),
    headerBytes(':content-type', 'application/json'),
  ]);
  const body = Buffer.from(JSON.stringify(payload));
  const frame = Buffer.alloc(16 + headers.length + body.length);
  frame.writeUInt32BE(frame.length, 0);
  frame.writeUInt32BE(headers.length, 4);
  frame.writeUInt32BE(crc32(frame.subarray(0, 8)), 8);
  headers.copy(frame, 12);
  body.copy(frame, 12 + headers.length);
  frame.writeUInt32BE(crc32(frame.subarray(0, -4)), frame.length - 4);
  return frame;
}

/** The frame with its last checksum wrong. */
export function withBadChecksum(frame: Buffer): Buffer {
  const bad = Buffer.from(frame);
  bad.writeUInt32BE((bad.readUInt32BE(bad.length - 4) ^ 1) >>> 0, bad.length - 4);
  return bad;
}
