// How often a question takes the right route by the rules alone, on questions kept elsewhere:
// `npm run routing:eval -- <folder of *.jsonl, *.csv>`. The format is in backend/test/routing/evaluation.ts.
import { resolve } from 'node:path';
import { accuracyOf, confusionOf, readTables, route } from '../backend/test/routing/evaluation.ts';

const USAGE = `Usage: npm run routing:eval -- <folder with *.jsonl or *.csv files>

A question each line or row: "question", "expected" (direct, knowledge, web or both) and where it
matters "context", as JSON: earlier, collections, attachments, web, knowledge, webSearch, model, now.`;

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error(USAGE);
  process.exit(2);
}

/** Ends the process where there is nothing to route, saying why. */
function tablesIn(path) {
  try {
    return readTables(path);
  } catch (error) {
    const { message, cause } = error;
    console.error([message, cause?.message, `\n${USAGE}`].filter(Boolean).join('\n'));
    process.exit(2);
  }
}

const questions = tablesIn(resolve(folder));
if (questions.length === 0) {
  console.error(`No questions in ${folder}`);
  process.exit(2);
}
const started = performance.now();
const outcomes = route(questions);
const perQuestion = (performance.now() - started) / outcomes.length;

for (const { asked, judged, right } of outcomes) {
  if (right) continue;
  const doubt = judged.unsure ? ', unsure: a model would be asked' : '';
  console.log(`${asked.question}`);
  console.log(`  expected ${asked.expected}, went ${judged.route} (${judged.reason}${doubt})\n`);
}
console.log(
  'expected \\ went'.padEnd(16) +
    ['direct', 'knowledge', 'web', 'both'].map((n) => n.padStart(10)).join(''),
);
for (const [expected, row] of Object.entries(confusionOf(outcomes))) {
  console.log(
    expected.padEnd(16) +
      Object.values(row)
        .map((n) => String(n).padStart(10))
        .join(''),
  );
}
const percent = (share) => `${(share * 100).toFixed(1)} %`;
const unsure = outcomes.filter(({ judged }) => judged.unsure);
console.log(`\n${outcomes.length} questions, right route ${percent(accuracyOf(outcomes))}`);
console.log(`${unsure.length} unsure: a connected model would be asked about them`);
console.log(`${perQuestion.toFixed(3)} ms a question`);
