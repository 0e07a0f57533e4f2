import dgram from 'node:dgram';
import dns from 'node:dns';
import http2 from 'node:http2';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';

/**
 * Takes the network away from this process. Node's permissions leave it open until version 25; they
 * do keep the file from asking for Node's inner parts, past these.
 */
export function takeNetworkAway(): void {
  const refuse = (): never => {
    throw new Error('there is no network here');
  };
  net.Socket.prototype.connect = refuse;
  Object.assign(net, { connect: refuse, createConnection: refuse, createServer: refuse });
  Object.assign(tls, { connect: refuse, createServer: refuse });
  Object.assign(http2, { connect: refuse, createServer: refuse });
  Object.assign(dgram, { createSocket: refuse, Socket: refuse });
  for (const part of [dns, dns.promises]) {
    for (const name of Object.keys(part).filter((key) => /^(lookup|resolve|reverse)/.test(key))) {
      Object.assign(part, { [name]: refuse });
    }
  }
  Object.assign(dns, { Resolver: refuse });
  Object.assign(dns.promises, { Resolver: refuse });
  Object.assign(globalThis, { fetch: refuse, WebSocket: refuse, EventSource: refuse });
  syncBuiltinESMExports();
}
