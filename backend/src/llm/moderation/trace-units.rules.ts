import type { GuardrailUnits } from './guardrail-answer.js';

/** The counts of the API by our names. */
const COUNTS: Readonly<Record<keyof GuardrailUnits, string>> = {
  topic: 'topicPolicyUnits',
  content: 'contentPolicyUnits',
  word: 'wordPolicyUnits',
  personalData: 'sensitiveInformationPolicyUnits',
  grounding: 'contextualGroundingPolicyUnits',
};

/**
 * What a guardrail was charged for that Converse applied by itself: of the prompt, and of each part
 * of the answer. Nothing else is read of the trace: it holds what was found.
 * Shapes: "ConverseStreamMetadataEvent", "GuardrailTraceAssessment" and "GuardrailInvocationMetrics",
 * Amazon Bedrock Runtime API reference.
 * @param metadata the last event of a stream.
 * @returns undefined where it says nothing of a guardrail.
 */
export function unitsInTrace(metadata: unknown): GuardrailUnits | undefined {
  const guardrail = field(field(metadata, 'trace'), 'guardrail');
  const assessments = [
    ...values(field(guardrail, 'inputAssessment')),
    ...values(field(guardrail, 'outputAssessments')).flatMap(values),
  ];
  const usages = assessments.flatMap((one) => {
    const usage = field(field(one, 'invocationMetrics'), 'usage');
    return usage === undefined ? [] : [usage];
  });
  if (usages.length === 0) return undefined;
  const sum = (name: string): number =>
    usages.reduce((all: number, usage) => all + countOf(field(usage, name)), 0);
  return Object.fromEntries(
    Object.entries(COUNTS).map(([policy, name]) => [policy, sum(name)]),
  ) as unknown as GuardrailUnits;
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

const values = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : [];

const countOf = (value: unknown): number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
