import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Usage } from '#db';
import { type BedrockServer, startBedrockServer } from '../fakes/bedrock-server.js';
import { type CredentialsServer, startCredentialsServer } from '../fakes/credentials-server.js';
import { type AnsweringApp, startAnsweringApp } from '../harness/answering-app.js';
import { aConversation, askStream } from '../harness/asking.js';

describe('credentials of Bedrock that expired (F16)', () => {
  let app: AnsweringApp;
  let bedrock: BedrockServer;
  let credentials: CredentialsServer;

  beforeAll(async () => {
    bedrock = await startBedrockServer({ acceptsKey: 'AKIASECOND' });
    credentials = await startCredentialsServer('AKIAFIRST');
    app = await startAnsweringApp('sqlite', {
      LLM_MODELS: 'bedrock/mistral.mistral-large-2402-v1:0',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: credentials.url,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
    });
    await app.client.get('/api/models'); // Looks for credentials.
  });
  afterAll(async () => {
    await app.close();
    await bedrock.close();
    await credentials.close();
  });

  const answer = async () => {
    const stream = await askStream(app.client, await aConversation(app.client), {
      prompt: 'say: um dois',
    });
    const frames = await stream.all();
    const postId = Number(frames[0]?.data['postId']);
    const rows = await app.dataSource
      .getRepository(Usage)
      .find({ where: { postId }, order: { id: 'ASC' } });
    return { stream, outcomes: rows.map(({ outcome }) => outcome) };
  };

  it('should be fetched anew once, and the question asked again in silence', async () => {
    credentials.handOut('AKIASECOND');
    const { stream, outcomes } = await answer();
    expect(stream.text).toBe('um dois');
    expect(stream.types).not.toContain('notice');
    expect(outcomes).toEqual(['MODEL.UNAUTHORIZED', 'done']);
    expect(bedrock.requests.map(({ authorization }) => /AKIA\w+/.exec(authorization)?.[0])).toEqual(
      ['AKIAFIRST', 'AKIASECOND'],
    );
    expect(credentials.fetched()).toBe(2);
  });

  it('should not be asked for a third time where the new ones are refused as well', async () => {
    bedrock.script({ acceptsKey: 'AKIATHIRD' });
    const before = bedrock.requests.length;
    const { outcomes } = await answer();
    expect(outcomes).toEqual(['MODEL.UNAUTHORIZED']);
    expect(bedrock.requests.length - before).toBe(1);
  });
});
