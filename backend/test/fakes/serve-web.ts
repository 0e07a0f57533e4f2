// Runs a search engine (SearXNG's protocol) and the sites that it finds by itself, for browser tests:
// `node backend/test/fakes/serve-web.ts`. Prints their address and, in a second line, that of their
// control: POST a `WebBehaviour` there, GET the addresses that were asked for.
import { sendHtml, sendJson, startWebServer } from './web-server.ts';

interface WebBehaviour {
  /** Status of the search engine; absent: 200. */
  readonly status?: number;
  readonly results?: readonly Readonly<Record<string, string>>[];
  /** HTML by path; any other is 404. */
  readonly pages?: Readonly<Record<string, string>>;
}

let behaviour: WebBehaviour = {};
const web = await startWebServer();
web.answer = ({ url }, reply) => {
  if (url.pathname === '/search') {
    const { status, results = [] } = behaviour;
    sendJson(reply, { results, unresponsive_engines: [] }, status);
    return;
  }
  const page = behaviour.pages?.[url.pathname];
  sendHtml(reply, page ?? 'nothing', page === undefined ? 404 : 200);
};
const control = await startWebServer();
control.answer = ({ method, body }, reply) => {
  if (method === 'POST') behaviour = JSON.parse(body) as WebBehaviour;
  sendJson(
    reply,
    web.requests.map(({ url }) => url.href),
  );
};
process.stdout.write(`${web.url}\ncontrol ${control.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => process.exit(0));
}
