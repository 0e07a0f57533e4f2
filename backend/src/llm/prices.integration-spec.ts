import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ConfiguredModels } from './configured-models.js';
import { billedTokens } from './cost.rules.js';
import { PRICE_LIST, type PricedModel, Prices } from './prices.js';

const prices = new Prices(new ConfiguredModels({}));
const NOW = new Date('2026-11-20T12:00:00Z');
const MILLION = billedTokens(1_000_000, null, 1_000_000);

const openAi = (name: string, endpoint = 'https://api.openai.com/v1'): PricedModel => ({
  id: `openai/${name}`,
  provider: 'openai',
  endpoint,
});
const bedrock = (name: string): PricedModel => ({
  id: `bedrock/${name}`,
  provider: 'bedrock',
  endpoint: undefined,
});
const totalOf = async (model: PricedModel, tokens = MILLION) =>
  (await prices.costOf(model, tokens, NOW))?.totalNanoUsd ?? null;

describe(Prices.name, () => {
  it('should know the price at OpenAI, and say from which list', async () => {
    expect(await prices.costOf(openAi('gpt-4o-mini'), MILLION, NOW)).toEqual({
      inputNanoUsd: 150_000_000,
      outputNanoUsd: 600_000_000,
      totalNanoUsd: 750_000_000,
      ...PRICE_LIST,
    });
  });

  it('should bill what was read from the cache at its own price', async () => {
    const cached = billedTokens(1000, 400, 100);
    expect(await totalOf(openAi('gpt-4o-mini'), cached)).toBe(600 * 150 + 400 * 75 + 100 * 600);
  });

  it('should bill cached tokens as any other where the list has no price for them', async () => {
    const model = bedrock('mistral.mistral-large-2402-v1:0');
    expect(await totalOf(model, billedTokens(1000, 400, 0))).toBe(1000 * 4000);
  });

  it.each([
    ['mistral.mistral-large-2402-v1:0', 16],
    ['us.anthropic.claude-sonnet-4-20250514-v1:0', 18],
    [
      'arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-sonnet-4-20250514-v1:0',
      18,
    ],
    ['global.anthropic.claude-sonnet-4-5-20250929-v1:0', 18],
    // A tenth more than anywhere in the world: the regional profiles of Claude since 4.5.
    ['eu.anthropic.claude-sonnet-4-5-20250929-v1:0', 19.8],
    ['apac.amazon.nova-pro-v1:0', 4],
    ['us.mistral.pixtral-large-2502-v1:0', 8],
    ['arn:aws:bedrock:us-east-1::foundation-model/mistral.mistral-large-2402-v1:0', 16],
  ])('should know Bedrock’s %s', async (name, dollars) => {
    expect(await totalOf(bedrock(name))).toBe(dollars * 1e9);
  });

  it('should charge the dearer tier to a long prompt', async () => {
    const google = openAi(
      'gemini-2.5-pro',
      'https://generativelanguage.googleapis.com/v1beta/openai',
    );
    const short = await totalOf(google, billedTokens(100_000, null, 0));
    expect(await totalOf(google, billedTokens(400_000, null, 0))).toBeGreaterThan(
      4 * Number(short),
    );
  });

  it.each([
    [
      'a model of that name on a server of one’s own',
      openAi('gpt-4o', 'http://127.0.0.1:11434/v1'),
    ],
    [
      'an address that only looks like it',
      openAi('gpt-4o', 'https://a.example/?https://api.openai.com'),
    ],
    ['a model that is not in the list', openAi('fake-chat')],
    ['an unknown model of Bedrock', bedrock('nobody.nothing-v1:0')],
    [
      'a profile of one’s own',
      bedrock('arn:aws:bedrock:us-east-1:1:application-inference-profile/a1b2c3'),
    ],
    [
      'what is paid by the hour, though it is named for a model',
      bedrock('arn:aws:bedrock:us-east-1:1:provisioned-model/mistral.mistral-large-2402-v1:0'),
    ],
  ])('should know no price for %s, which is not nothing', async (_, model) => {
    expect(await prices.costOf(model, MILLION, NOW)).toBeNull();
  });

  it('should charge nothing for the built-in quotes', async () => {
    const quotes = { id: 'quotes', provider: 'quotes', endpoint: undefined } as const;
    expect(await totalOf(quotes)).toBe(0);
    expect(await prices.payee(quotes)).toBeNull();
  });

  it.each([
    [bedrock('x'), 'aws'],
    [openAi('x'), 'openai'],
    [openAi('x', 'https://api.groq.com/openai/v1'), 'groq'],
    [openAi('x', 'http://127.0.0.1:8000/v1'), null],
  ])('should tell who is paid for %o', async (model, payee) => {
    expect(await prices.payee(model)).toBe(payee);
  });

  it('should take what an operator has agreed before any list, and know a profile by its base', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'prosa-prices-'));
    const profile = 'arn:aws:bedrock:us-east-1:1:application-inference-profile/a1b2c3';
    writeFileSync(
      join(folder, 'models.yaml'),
      `models:
  - id: openai/gpt-4o-mini
    prices: { input: 0.1, output: 0.5, cachedInput: 0.01, asOf: 2026-11-01, source: contract }
  - { id: 'bedrock/${profile}', base: mistral.mistral-large-2402-v1:0 }
`,
    );
    const agreed = new Prices(new ConfiguredModels({ MODELS_FILE: join(folder, 'models.yaml') }));
    rmSync(folder, { recursive: true });
    const tokens = billedTokens(1000, 400, 100);
    expect(
      await agreed.costOf(openAi('gpt-4o-mini', 'http://own.example/v1'), tokens, NOW),
    ).toEqual({
      inputNanoUsd: 600 * 100 + 400 * 10,
      outputNanoUsd: 100 * 500,
      totalNanoUsd: 600 * 100 + 400 * 10 + 100 * 500,
      source: 'contract',
      asOf: '2026-11-01',
    });
    expect(await agreed.costOf(bedrock(profile), MILLION, NOW)).toMatchObject({
      totalNanoUsd: 16e9,
    });
  });

  it('should name the list that is installed', () => {
    const main = createRequire(import.meta.url).resolve('@pydantic/genai-prices');
    const manifest = readFileSync(join(dirname(main), '../package.json'), 'utf8');
    const { name, version } = JSON.parse(manifest) as { name: string; version: string };
    expect(PRICE_LIST.source).toBe(`${name} ${version}`);
  });
});
