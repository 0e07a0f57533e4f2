// Runs the fake by itself, for browser tests: `node backend/test/fakes/serve-openai.ts --port 4010`.
// A line `fault: {"status":401}` in a prompt asks for any behaviour of the fake; with a `model` in
// it, only that one behaves so. `obey-json: "<text>"`, wherever it stands in what is sent, makes it say
// that text: a model that does what a page or a document tells it.
import { parseArgs } from 'node:util';
import { fakeAnswer } from './fake-answer.ts';
import { lastPrompt, type OpenAiBehaviour, startOpenAiServer } from './openai-server.ts';

interface Fault extends OpenAiBehaviour {
  readonly model?: string;
}

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4010' },
    'delay-ms': { type: 'string', default: '15' },
    'first-delay-ms': { type: 'string', default: '50' },
    models: { type: 'string', default: 'fake-chat' },
  },
});
const pace = {
  delayMs: Number(values['delay-ms']),
  firstDelayMs: Number(values['first-delay-ms']),
};
const server = await startOpenAiServer(
  (request) => {
    const asked = /^fault: ?(\{.*\})$/m.exec(lastPrompt(request))?.[1];
    const sent = request.messages.map(({ content }) => content).join('\n');
    const order = /obey-json: ?("(?:[^"\\]|\\.)*")/.exec(sent)?.[1];
    if (order !== undefined) return { ...pace, words: fakeAnswer(`say-json: ${order}`) };
    const fault = asked ? (JSON.parse(asked) as Fault) : {};
    return { ...pace, ...((fault.model ?? request.model) === request.model ? fault : {}) };
  },
  { port: Number(values.port), models: values.models.split(',') },
);
process.stdout.write(`${server.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void server.close().then(() => process.exit(0)));
}
