import { afterEach, describe, expect, it } from '@jest/globals';
import { aFirstAdministrator } from '../harness/api-client.js';
import { aConversation, askStream } from '../harness/asking.js';
import { startChildServer } from '../harness/child-server.js';
import { ModelShelf, modelProcesses } from './local-scene.js';

describe('a server that ends while a model answers', () => {
  const shelf = new ModelShelf();
  afterEach(() => {
    shelf.remove();
  });

  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'should leave no process behind (%s)',
    async (signal) => {
      shelf.llama('endless.gguf', { endless: true, width: 256, layers: 4 });
      const server = await startChildServer({
        ...{ DATA_DIR: shelf.folder, LLM_MODELS: 'llama/endless.gguf', MAX_OUTPUT_TOKENS: '1000' },
      });
      const { client } = await aFirstAdministrator(server);
      const stream = await askStream(client, await aConversation(client), { prompt: 'um modelo' });
      await stream.untilText(10);
      expect(modelProcesses(shelf)).toHaveLength(1);
      await server.end(signal);
      for (let tries = 0; tries < 200 && modelProcesses(shelf).length > 0; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      expect(modelProcesses(shelf)).toEqual([]);
    },
  );
});
