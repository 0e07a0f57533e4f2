/** What Bedrock's name of a model tells. */
export interface BedrockName {
  /** The model's id, with its profile's prefix (`us.`); absent: the name does not say. */
  readonly model?: string;
  /** The only region in which the name means anything. */
  readonly region?: string;
  /** Paid by the hour, whatever is asked. */
  readonly hourly: boolean;
}

/** `arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.meta.llama3-3-70b-instruct-v1:0` */
const ARN = /^arn:aws[\w-]*:bedrock:([\w-]+):\d*:([\w-]+)\/(.+)$/;
/** Resources that are named for the model behind them; others have a number of their own. */
const NAMED_FOR_MODEL = new Set(['foundation-model', 'inference-profile']);
/** Throughput that was bought, and models of one's own. */
const HOURLY = new Set(['provisioned-model', 'imported-model', 'custom-model-deployment']);

/**
 * Reads a name that Converse takes: a model id, an inference profile (`us.`, `eu.`, `apac.`,
 * `global.` before a model id) or the ARN of either.
 */
export function bedrockName(name: string): BedrockName {
  const [, region, kind = '', id] = ARN.exec(name) ?? [];
  if (region === undefined || id === undefined) return { model: name, hourly: false };
  return {
    region,
    hourly: HOURLY.has(kind),
    ...(NAMED_FOR_MODEL.has(kind) ? { model: id } : {}),
  };
}
