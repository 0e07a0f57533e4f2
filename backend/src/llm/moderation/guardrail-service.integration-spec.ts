import { type BedrockServer, startBedrockServer } from '../../../test/fakes/bedrock-server.js';
import type { BedrockGuardrail } from '../../../test/fakes/bedrock-guardrail.js';
import { GuardrailService } from './guardrail-service.js';

describe(`${GuardrailService.name}, through the AWS SDK`, () => {
  let server: BedrockServer;
  let service: GuardrailService;

  beforeAll(async () => {
    server = await startBedrockServer();
    service = new GuardrailService({
      AWS_REGION: 'sa-east-1',
      AWS_ACCESS_KEY_ID: 'AKIACANARY',
      AWS_SECRET_ACCESS_KEY: 'canary',
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: server.url,
    });
  });
  afterAll(async () => {
    await service.onModuleDestroy();
    await server.close();
  });

  const judged = (
    text: string,
    guardrail: BedrockGuardrail,
    signal = AbortSignal.timeout(60_000),
  ) => {
    server.script({ guardrail });
    const question = { guardrail: 'gr-1a2b', version: '3', source: 'INPUT', text, signal } as const;
    return service.apply(question);
  };

  it('should ask that guardrail and version, signed, about the text alone', async () => {
    const answer = await judged('Bom dia', {});
    expect(answer).toMatchObject({ intervened: false, items: [], latencyMs: 12 });
    expect(server.judged.at(-1)).toMatchObject({
      guardrail: 'gr-1a2b',
      version: '3',
      source: 'INPUT',
      text: 'Bom dia',
      authorization: expect.stringContaining('AKIACANARY') as string,
    });
  });

  it('should tell what is blocked, masked and only seen apart, with the units of each', async () => {
    const text = `Onde investir? ana@exemplo.com.br idiota ${'x'.repeat(1500)}`;
    const answer = await judged(text, {
      topics: { Investimentos: 'investir' },
      masks: { EMAIL: /\S+@\S+/ },
      detects: { Insultos: 'idiota' },
    });
    expect(answer.intervened).toBe(true);
    expect(answer.items).toEqual([
      { policy: 'topic', name: 'Investimentos', action: 'BLOCKED' },
      { policy: 'topic', name: 'Insultos', action: 'NONE' },
      { policy: 'personal-data', name: 'EMAIL', action: 'ANONYMIZED', match: 'ana@exemplo.com.br' },
    ]);
    expect(answer.units).toEqual({ topic: 2, content: 2, word: 2, personalData: 2, grounding: 0 });
  });

  it.each([
    ['ThrottlingException', 429],
    ['ServiceUnavailableException', 503],
    ['InternalServerException', 500],
    ['ResourceNotFoundException', 404],
  ])('should throw for %s at once, without asking again', async (name, status) => {
    const before = server.judged.length;
    await expect(judged('Bom dia', { exception: { name, status } })).rejects.toMatchObject({
      name,
    });
    expect(server.judged.length).toBe(before + 1);
  });

  it('should give up when nobody waits any more', async () => {
    const asked = judged('Bom dia', { silent: true }, AbortSignal.timeout(50));
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });
});
