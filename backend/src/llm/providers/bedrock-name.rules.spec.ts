import { describe, expect, it } from '@jest/globals';
import { bedrockName } from './bedrock-name.rules.js';

const arn = (rest: string) => `arn:aws:bedrock:eu-west-1:123456789012:${rest}`;

describe(bedrockName.name, () => {
  it.each([
    [
      'mistral.mistral-large-2402-v1:0',
      { model: 'mistral.mistral-large-2402-v1:0', hourly: false },
    ],
    ['global.amazon.nova-2-lite-v1:0', { model: 'global.amazon.nova-2-lite-v1:0', hourly: false }],
    [
      arn('inference-profile/eu.mistral.pixtral-large-2502-v1:0'),
      { model: 'eu.mistral.pixtral-large-2502-v1:0', region: 'eu-west-1', hourly: false },
    ],
    [
      'arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/meta.llama3-8b-instruct-v1:0',
      { model: 'meta.llama3-8b-instruct-v1:0', region: 'us-gov-west-1', hourly: false },
    ],
    [arn('application-inference-profile/a1b2c3'), { region: 'eu-west-1', hourly: false }],
    [arn('provisioned-model/a1b2c3'), { region: 'eu-west-1', hourly: true }],
    [arn('imported-model/a1b2c3'), { region: 'eu-west-1', hourly: true }],
  ])('should read %s', (name, read) => {
    expect(bedrockName(name)).toEqual(read);
  });
});
