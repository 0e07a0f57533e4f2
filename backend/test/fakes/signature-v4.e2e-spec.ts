import { describe, expect, it } from '@jest/globals';
import { signatureProblem } from './signature-v4.js';

// "get-vanilla-query-order-key-case" of AWS' own test suite for Signature Version 4.
const KEYS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
  service: 'service',
};
const request = {
  method: 'GET',
  url: '/?Param2=value2&Param1=value1',
  headers: {
    host: 'example.amazonaws.com',
    'x-amz-date': '20150830T123600Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  },
  body: '',
};

describe(signatureProblem, () => {
  it('should accept what AWS accepts', () => {
    expect(signatureProblem(request, KEYS)).toBeUndefined();
  });

  it.each([
    ['another signature', { ...request, url: '/?Param1=value1' }],
    ['another signature', { ...request, body: 'x' }],
    ['another signature', { ...request, method: 'POST' }],
    ['no signature', { ...request, headers: { host: 'x' } }],
  ])('should refuse with %s what was changed', (problem, changed) => {
    expect(signatureProblem(changed, KEYS)).toBe(problem);
  });
});
