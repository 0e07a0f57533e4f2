/** Shorter ones stand in ordinary words. */
const SHORTEST_SECRET = 8;

const MASK = '[secret]';

/**
 * What looks like a credential wherever it stands. Every repetition has an upper limit and ends
 * where the next could begin, so that no text takes more than linear time.
 */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [
    /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?:[^-]|-(?!----)){1,8192}-----END [A-Z ]{0,40}PRIVATE KEY-----/g,
    MASK,
  ],
  [/(?<![\w-])eyJ[\w-]{8,1024}\.[\w-]{8,1024}(?:\.[\w-]{0,1024})?/g, MASK],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, MASK],
  [
    /\b(?:sk-|sk_|rk_|pk_live_|lsv2_|gh[opsu]_|github_pat_|glpat-|xox[abprs]-|hf_|gsk_|npm_|AIza|ya29\.)[\w.-]{12,512}/g,
    MASK,
  ],
  [/\b(bearer|basic)[ \t]{1,8}[\w.~+/=-]{12,2048}/gi, `$1 ${MASK}`],
  [/\b([a-z][a-z\d+.-]{1,20}:\/\/[^\s:@/]{1,128}:)[^\s@/]{1,256}@/gi, `$1${MASK}@`],
  [
    /\b(password|passwd|pwd|senha|secret|segredo|api[_-]?key|token|cookie|authorization)(["']?\s{0,8}[:=]\s{0,8}["']?)(?!(?:bearer|basic)\s)[^\s"',;]{4,512}/gi,
    `$1$2${MASK}`,
  ],
];

/**
 * A last look at a text before it leaves for a tracing service: the installation's own secrets,
 * and what is written like a credential, become `[secret]`. It is no rail: a password that is only
 * a word in a sentence is not found.
 */
export function withoutSecrets(text: string, own: readonly string[]): string {
  const known = own
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .reduce((left, secret) => left.replaceAll(secret, MASK), text);
  return SHAPES.reduce((left, [shape, mask]) => left.replace(shape, mask), known);
}
