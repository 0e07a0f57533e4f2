import { Test, type TestingModule } from '@nestjs/testing';
import { ConfigModule } from '../../src/config/config.module.js';
import { loadEnv } from '../../src/config/load-env.js';
import type { ChatModel } from '../../src/llm/chat-model.js';
import { LlmModule } from '../../src/llm/llm.module.js';
import { ModelRegistry } from '../../src/llm/registry.js';
import { streamOptions, textOf } from '../fakes/ask-model.js';

/** An address at which nobody listens. */
export const NOBODY = 'http://127.0.0.1:9';

const modules: TestingModule[] = [];

/** A registry on exactly these variables; none of the machine's. */
export async function aRegistry(
  variables: Readonly<Record<string, string>>,
): Promise<ModelRegistry> {
  const env = loadEnv({ OLLAMA_URL: NOBODY, ...variables });
  const module = await Test.createTestingModule({
    imports: [ConfigModule.forRoot(env), LlmModule],
  }).compile();
  modules.push(module);
  await module.init();
  return module.get(ModelRegistry);
}

/** Closes every registry that was made. */
export async function closeRegistries(): Promise<void> {
  for (const module of modules.splice(0)) await module.close();
}

/** What a fake says to `say: hello`. */
export async function answerOf(model: ChatModel): Promise<string> {
  const events = [];
  for await (const event of model.stream([{ role: 'user', text: 'say: hello' }], streamOptions())) {
    events.push(event);
  }
  return textOf(events);
}
