// How well Prosa finds and cites, on documents and questions that are kept elsewhere:
// `npm run retrieval:eval -- <folder> [--missed]`. Without a folder it tells the format. It asks the
// database of DATABASE_URL (a new SQLite file without it) and the search of OPENSEARCH_URL.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dataFolder, startProsa } from '../../bench/harness/prosa.ts';
import { AskedDocuments } from './asked-server.js';
import { FORMAT, type QuestionSet, readQuestionSet } from './question-set.js';
import { isMissed, type RetrievalOutcome, scoresOf } from './scores.js';

const SERVICE_TOKEN = 'service-token-for-measuring-only-0123456789';
/** What the server that is measured is given of this process's environment. */
const PASSED_ON = /^(DATABASE_URL|OPENSEARCH_\w+|EMBEDDING_\w+|OPENAI_\w+|AWS_\w+|LLM_MODELS)$/;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { missed: { type: 'boolean', default: false } },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error(`Usage: npm run retrieval:eval -- <folder> [--missed]\n\n${FORMAT}`);
  process.exit(2);
}

/** Ends the process where there is nothing to measure, saying why. */
function setIn(path: string): QuestionSet {
  try {
    return readQuestionSet(path);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${FORMAT}`);
    process.exit(2);
  }
}

const engineName = ({ DATABASE_URL = 'sqlite', OPENSEARCH_URL }: Record<string, string>): string =>
  `${DATABASE_URL.split(':', 1).join('')}${OPENSEARCH_URL ? ' with OpenSearch' : ''}`;

const percent = (share: number) => (Number.isNaN(share) ? '–' : `${(share * 100).toFixed(1)} %`);

function print(what: string, outcomes: readonly RetrievalOutcome[]): void {
  const scores = scoresOf(outcomes);
  console.log(
    `${what}: ${String(scores.questions)} questions, recall@5 ${percent(scores.recall)}, ` +
      `MRR ${scores.mrr.toFixed(3)}, evidence@5 ${percent(scores.evidence)}, ` +
      `citation precision ${percent(scores.citationPrecision)}, ` +
      `answered ${percent(scores.answered)}, declined ${percent(scores.declined)}`,
  );
}

function printMissed({ question, found, cited }: RetrievalOutcome): void {
  const names = (list: readonly string[]) => (list.length === 0 ? 'nothing' : list.join(', '));
  console.log(`\n${question.question}\n  expected ${names(question.documents)}`);
  console.log(`  found    ${names(found.slice(0, 5).map(({ document }) => document))}`);
  console.log(`  cited    ${names(cited)}`);
}

const set = setIn(resolve(folder));
const data = dataFolder();
const passedOn = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name));
const settings: Record<string, string> = { LLM_MODELS: 'quotes', SERVICE_TOKEN, WEB_SEARCH: 'off' };
for (const [name, value] of passedOn) settings[name] = value ?? '';
const prosa = await startProsa({ folder: data.folder, settings });
try {
  const started = performance.now();
  const documents = await AskedDocuments.add({ url: prosa.url, token: SERVICE_TOKEN }, set);
  const readMs = performance.now() - started;
  const outcomes = await documents.askAll(set.questions);
  const askedMs = performance.now() - started - readMs;
  console.log(`engine: ${engineName(settings)}`);
  print('all', outcomes);
  for (const language of new Set(set.questions.map((question) => question.language))) {
    print(
      language,
      outcomes.filter(({ question }) => question.language === language),
    );
  }
  console.log(
    `${String(set.documents.size)} documents read in ${(readMs / 1000).toFixed(1)} s, ` +
      `${(askedMs / set.questions.length).toFixed(0)} ms a question`,
  );
  if (values.missed) outcomes.filter(isMissed).forEach(printMissed);
} finally {
  await prosa.stop();
  data.remove();
}
