import type {
  ApplyGuardrailCommandOutput,
  GuardrailAssessment,
} from '@aws-sdk/client-bedrock-runtime';
import type { GuardrailAnswer, GuardrailItem } from './guardrail-answer.js';

type Said = Omit<GuardrailItem, 'policy' | 'action'> & { readonly action: string | undefined };

/**
 * The answer of `ApplyGuardrail` in our words.
 * Shapes: "ApplyGuardrail", Amazon Bedrock Runtime API reference.
 */
export function toGuardrailAnswer(said: ApplyGuardrailCommandOutput): GuardrailAnswer {
  const assessments = said.assessments ?? [];
  const latencies = assessments.flatMap(
    ({ invocationMetrics }) => invocationMetrics?.guardrailProcessingLatency ?? [],
  );
  return {
    intervened: said.action === 'GUARDRAIL_INTERVENED',
    items: assessments.flatMap(itemsOf),
    output: (said.outputs ?? []).map(({ text }) => text ?? '').join(''),
    units: {
      topic: said.usage?.topicPolicyUnits ?? 0,
      content: said.usage?.contentPolicyUnits ?? 0,
      word: said.usage?.wordPolicyUnits ?? 0,
      personalData: said.usage?.sensitiveInformationPolicyUnits ?? 0,
      grounding: said.usage?.contextualGroundingPolicyUnits ?? 0,
    },
    latencyMs: latencies.length === 0 ? null : Math.max(...latencies),
  };
}

function itemsOf(assessment: GuardrailAssessment): GuardrailItem[] {
  const { topicPolicy, contentPolicy, wordPolicy, sensitiveInformationPolicy } = assessment;
  const { piiEntities, regexes } = sensitiveInformationPolicy ?? {};
  const grounding = assessment.contextualGroundingPolicy?.filters;
  return [
    ...items('topic', topicPolicy?.topics, ({ name, action }) => ({ name: name ?? '', action })),
    ...items('content', contentPolicy?.filters, ({ type, action }) => ({
      name: type ?? '',
      action,
    })),
    ...items('word', wordPolicy?.customWords, ({ match, action }) => ({
      name: 'CUSTOM',
      action,
      ...found(match),
    })),
    ...items('word', wordPolicy?.managedWordLists, ({ type, match, action }) => ({
      name: type ?? '',
      action,
      ...found(match),
    })),
    ...items('personal-data', piiEntities, ({ type, match, action }) => ({
      name: type ?? '',
      action,
      ...found(match),
    })),
    ...items('pattern', regexes, ({ name, match, action }) => ({
      name: name ?? '',
      action,
      ...found(match),
    })),
    ...items('grounding', grounding, ({ type, action }) => ({ name: type ?? '', action })),
  ];
}

/** An action that we do not know is taken for the strictest. */
function items<One>(
  policy: GuardrailItem['policy'],
  list: readonly One[] | undefined,
  said: (one: One) => Said,
): GuardrailItem[] {
  return (list ?? []).map(said).map(({ action, ...rest }) => ({
    policy,
    ...rest,
    action: action === 'NONE' || action === 'ANONYMIZED' ? action : 'BLOCKED',
  }));
}

const found = (match: string | undefined) => (match ? { match } : {});
