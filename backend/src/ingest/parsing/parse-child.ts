// The process that reads one document. Started by `ParserChild`; the order is its argument.
// It writes what it finds to its output, one JSON text a line, and ends.
import { takeNetworkAway } from './no-network.js';
import { linesTo, Out } from './out.js';
import { parseDocument } from './parse-document.js';
import { type ParseOrder, ParseRefusal } from './protocol.js';

takeNetworkAway();
const order = JSON.parse(process.argv[2] ?? '{}') as ParseOrder;
const out = new Out(linesTo(process.stdout));
try {
  await parseDocument(order, out);
  await out.end();
  await out.say({ type: 'end' });
} catch (error) {
  if (!(error instanceof ParseRefusal)) throw error;
  await out.say({ type: 'refused', problem: error.problem });
}
