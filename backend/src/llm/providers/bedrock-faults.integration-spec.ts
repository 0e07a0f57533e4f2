import { ask, askInVain, PATIENT, textOf } from '../../../test/fakes/ask-model.js';
import {
  type BedrockBehaviour,
  type BedrockServer,
  startBedrockServer,
} from '../../../test/fakes/bedrock-server.js';
import {
  type CredentialsServer,
  startCredentialsServer,
} from '../../../test/fakes/credentials-server.js';
import { eventFrame } from '../../../test/fakes/event-stream.js';
import type { ChatMessage, ChatModel } from '../chat-model.js';
import type { ModelSettings } from '../model-settings.js';
import { PunctualModel } from '../stream-deadlines.js';
import { BedrockAccount } from './bedrock-account.js';
import type { BedrockAccess } from './bedrock.js';

const MISTRAL = 'mistral.mistral-large-2402-v1:0';
const question: readonly ChatMessage[] = [
  { role: 'system', text: 'Be brief.' },
  { role: 'user', text: 'say: um dois' },
];
const KEYS = { accessKeyId: 'AKIACANARY', secretAccessKey: 'canary' };
const delta = eventFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'x' } });

/** The frame, with its first number, the length of the whole, made into another. */
function withLength(frame: Buffer, length: number): Buffer {
  const bytes = Buffer.from(frame);
  bytes.writeUInt32BE(length, 0);
  return bytes;
}

describe(`${BedrockAccount.name} and what goes wrong (F16)`, () => {
  let server: BedrockServer;
  const accounts: BedrockAccount[] = [];

  const model = async (
    name = MISTRAL,
    { access = KEYS, settings = { parameters: {} } }: Partial<Wish> = {},
  ): Promise<ChatModel> => {
    const account = new BedrockAccount({ endpoint: server.url, ...access }, undefined);
    accounts.push(account);
    return new PunctualModel(await account.source(name, settings).open(), PATIENT);
  };
  interface Wish {
    readonly access: BedrockAccess;
    readonly settings: ModelSettings;
  }

  beforeEach(async () => {
    server = await startBedrockServer();
  });
  afterEach(async () => {
    for (const account of accounts.splice(0)) await account.close();
    await server.close();
  });

  it.each([
    [MISTRAL, 32_768],
    ['us.mistral.pixtral-large-2502-v1:0', 128_000],
    ['eu.anthropic.claude-sonnet-4-5-20250929-v1:0', 200_000],
    ['apac.amazon.nova-pro-v1:0', 300_000],
    ['global.amazon.nova-2-lite-v1:0', 1_000_000],
    ['us.meta.llama3-3-70b-instruct-v1:0', 128_000],
    ['meta.llama3-8b-instruct-v1:0', 8192],
    ['us.deepseek.r1-v1:0', 128_000],
    ['openai.gpt-oss-120b-1:0', 128_000],
    ['amazon.titan-text-lite-v1', 4096],
    ['arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-micro-v1:0', 128_000],
    ['arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3', 8192],
  ])('should ask %s by that very name, within its window', async (name, window) => {
    const asked = await model(name);
    expect(asked.contextWindow).toBe(window);
    expect(textOf(await ask(asked, question))).toBe('um dois');
    expect(server.requests[0]?.modelId).toBe(name);
  });

  it('should ask an ARN in its own region, and everything else in the configured one', async () => {
    const access = { ...KEYS, region: 'sa-east-1' };
    const arn = 'arn:aws:bedrock:eu-west-3:123456789012:inference-profile/eu.amazon.nova-pro-v1:0';
    await ask(await model(arn, { access }), question);
    await ask(await model(MISTRAL, { access }), question);
    expect(
      server.requests.map(({ authorization }) => /\/([a-z]+-[a-z]+-\d)\//.exec(authorization)?.[1]),
    ).toEqual(['eu-west-3', 'sa-east-1']);
  });

  it('should treat a profile as the model that an operator says is behind it', async () => {
    const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3';
    const settings = { base: 'mistral.mistral-7b-instruct-v0:2', parameters: {} };
    const asked = await model(arn, { settings });
    expect(asked.contextWindow).toBe(32_768);
    await ask(asked, question);
    expect(server.requests[0]?.body.system).toBeUndefined();
  });

  it('should send the parameters that were set, and no others', async () => {
    const parameters = { temperature: 0.2, topP: 0.5, stop: ['END'] };
    await ask(await model(MISTRAL, { settings: { parameters } }), question);
    await ask(await model(), question);
    expect(server.requests.map(({ body }) => body.inferenceConfig)).toEqual([
      { maxTokens: 64, temperature: 0.2, topP: 0.5, stopSequences: ['END'] },
      { maxTokens: 64 },
    ]);
  });

  it.each<[string, BedrockBehaviour, string]>([
    ['throttling', { exceptionAfter: { words: 0, name: 'throttlingException' } }, 'RATE_LIMITED'],
    [
      'a model that is away',
      { exceptionAfter: { words: 0, name: 'serviceUnavailableException' } },
      'UNAVAILABLE',
    ],
    [
      'a model that breaks',
      { exceptionAfter: { words: 0, name: 'modelStreamErrorException' } },
      'UNAVAILABLE',
    ],
    ['a bad checksum', { badChecksumAfter: 0 }, 'BAD_ANSWER'],
    ['half a frame', { bytesAfter: { words: 0, bytes: delta.subarray(0, 40) } }, 'UNAVAILABLE'],
    [
      'a frame that claims to be shorter than its own beginning',
      { bytesAfter: { words: 0, bytes: withLength(delta, 3) } },
      'BAD_ANSWER',
    ],
    [
      'a frame that claims to be huge',
      { bytesAfter: { words: 0, bytes: withLength(delta, 0xffff_fff0) } },
      'UNAVAILABLE',
    ],
    [
      'what is no event stream',
      { bytesAfter: { words: 0, bytes: Buffer.from('<html>Bad gateway</html>') } },
      'UNAVAILABLE',
    ],
  ])('should tell, before any text, of %s', async (_, behaviour, kind) => {
    server.script({ words: ['um'], ...behaviour });
    const { said, failure } = await askInVain(await model(), question);
    expect([said, failure.kind]).toEqual(['', kind]);
    server.script({});
    expect(textOf(await ask(await model(), question))).toBe('um dois');
  });

  describe('with credentials that are handed out', () => {
    let credentials: CredentialsServer;
    beforeEach(async () => {
      credentials = await startCredentialsServer('AKIAFIRST');
    });
    afterEach(() => credentials.close());

    it('should fetch others once, for all who were refused together, and say so', async () => {
      const asked = await model(MISTRAL, { access: { region: 'us-east-1' } });
      await ask(asked, question);
      expect(credentials.fetched()).toBe(1);
      server.script({ acceptsKey: 'AKIASECOND' });
      credentials.handOut('AKIASECOND');
      const refused = await Promise.all(
        Array.from({ length: 5 }, () => askInVain(asked, question)),
      );
      expect(refused.map(({ failure: { kind, renewed } }) => [kind, renewed])).toEqual(
        Array(5).fill(['UNAUTHORIZED', true]),
      );
      expect(credentials.fetched()).toBe(2);
      expect(textOf(await ask(asked, question))).toBe('um dois');
    });

    it('should not say so where the same are handed out again', async () => {
      server.script({ acceptsKey: 'AKIASECOND' });
      const asked = await model(MISTRAL, { access: { region: 'us-east-1' } });
      const { failure } = await askInVain(asked, question);
      expect([failure.kind, failure.renewed]).toEqual(['UNAUTHORIZED', false]);
    });
  });

  it('should have nothing to renew where the keys were given', async () => {
    server.script({ acceptsKey: 'AKIAOTHER' });
    const { failure } = await askInVain(await model(), question);
    expect([failure.kind, failure.renewed]).toEqual(['UNAUTHORIZED', false]);
  });
});
