import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const RESPONSE_TO_RECURSIVE = 0x8180;
const TYPE_A = 1;
const CLASS_IN = 1;
const HEADER_BYTES = 12;
/** Points back at the question's name (RFC 1035, section 4.1.4). */
const SAME_NAME = 0xc00c;
/** Docker's own answers live ten minutes; nginx is told to ask again sooner. */
const TTL_SECONDS = 600;

/** A name server with one address for every name, as Docker's is for a service. */
export interface NameServer {
  /** `address:port` */
  readonly address: string;
  /** Every name lives there from now on. */
  moveTo(address: string): void;
  close(): void;
}

/** Starts one on the loopback interface (RFC 1035, type A only). */
export async function startNameServer(address: string): Promise<NameServer> {
  let current = address;
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address: asker }) => {
    socket.send(answer(query, current), port, asker);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${String(socket.address().port)}`,
    moveTo(next) {
      current = next;
    },
    close: () => void socket.close(),
  };
}

function answer(query: Buffer, address: string): Buffer {
  const question = query.subarray(HEADER_BYTES, query.indexOf(0, HEADER_BYTES) + 5);
  const header = Buffer.alloc(HEADER_BYTES);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(RESPONSE_TO_RECURSIVE, 2);
  header.writeUInt16BE(1, 4); // questions
  header.writeUInt16BE(1, 6); // answers
  const record = Buffer.alloc(16);
  record.writeUInt16BE(SAME_NAME, 0);
  record.writeUInt16BE(TYPE_A, 2);
  record.writeUInt16BE(CLASS_IN, 4);
  record.writeUInt32BE(TTL_SECONDS, 6);
  record.writeUInt16BE(4, 10);
  Buffer.from(address.split('.').map(Number)).copy(record, 12);
  return Buffer.concat([header, question, record]);
}
