import { describe, expect, it } from '@jest/globals';
import { unitsInTrace } from './trace-units.rules.js';

const assessed = (topic: number, pii = 0) => ({
  topicPolicy: { topics: [{ name: 'Segredo', type: 'DENY', action: 'BLOCKED' }] },
  invocationMetrics: {
    guardrailProcessingLatency: 12,
    usage: { topicPolicyUnits: topic, sensitiveInformationPolicyUnits: pii },
  },
});
const traced = (guardrail: unknown) => ({ usage: { inputTokens: 1 }, trace: { guardrail } });

describe(unitsInTrace, () => {
  it('should add up what was charged for the prompt and for each part of the answer', () => {
    const trace = traced({
      inputAssessment: { gr1: assessed(2, 1) },
      outputAssessments: { gr1: [assessed(3), assessed(1, 4)] },
    });
    expect(unitsInTrace(trace)).toEqual({
      ...{ topic: 6, content: 0, word: 0, personalData: 5, grounding: 0 },
    });
  });

  it.each([
    undefined,
    {},
    { trace: null },
    traced({}),
    traced({ inputAssessment: { gr1: {} } }),
    traced({ outputAssessments: 'x' }),
  ])('should say nothing where nothing is said of a guardrail: %j', (metadata) => {
    expect(unitsInTrace(metadata)).toBeUndefined();
  });

  it('should take nothing for a count that is none', () => {
    const odd = { invocationMetrics: { usage: { topicPolicyUnits: 'x', wordPolicyUnits: -1 } } };
    expect(unitsInTrace(traced({ inputAssessment: { gr1: odd } }))).toMatchObject({
      topic: 0,
      word: 0,
    });
  });
});
