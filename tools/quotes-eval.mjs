// How well `quotes` finds the right passage of the documentation, on questions kept elsewhere:
// `npm run quotes:eval -- <folder of *.jsonl>`. The format is in backend/test/quotes/evaluation.ts.
import { resolve } from 'node:path';
import { DocumentationIndex } from '../backend/src/knowledge/documentation/documentation-index.ts';
import { readDocumentation } from '../backend/src/knowledge/documentation/documentation-files.ts';
import { evaluate, FLOORS, readQuestions, scoreOf } from '../backend/test/quotes/evaluation.ts';

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('Usage: npm run quotes:eval -- <folder with *.jsonl files>');
  process.exit(2);
}

const documentation = new DocumentationIndex(
  readDocumentation(resolve(import.meta.dirname, '../docs')),
);
const questions = readQuestions(resolve(folder));
const started = performance.now();
const outcomes = evaluate(questions, documentation);
const perQuestion = (performance.now() - started) / Math.max(1, questions.length);
const percent = (share) => `${(share * 100).toFixed(1)} %`;

let failed = questions.length === 0;
for (const locale of ['pt-BR', 'en']) {
  const mine = outcomes.filter(({ question }) => question.locale === locale);
  const onTopic = mine.filter(({ question }) => question.expect !== null);
  const offTopic = mine.filter(({ question }) => question.expect === null);
  if (onTopic.length > 0) {
    const { first, withinThree } = scoreOf(onTopic);
    if (first < FLOORS.first) failed = true;
    console.log(
      `${locale}: ${onTopic.length} questions, right passage first ${percent(first)}, within three ${percent(withinThree)}`,
    );
  }
  if (offTopic.length > 0) {
    const { first: declined } = scoreOf(offTopic);
    if (declined < FLOORS.declined) failed = true;
    console.log(`${locale}: ${offTopic.length} off-topic, declined ${percent(declined)}`);
  }
}
for (const { question, place, came } of outcomes) {
  if (place === 1) continue;
  console.log(`\n${question.locale}: ${question.question}`);
  console.log(
    `  expected ${question.expect === null ? 'nothing' : [question.expect].flat().join(' or ')}`,
  );
  console.log(`  came     ${came.length === 0 ? 'nothing' : came.join('\n           ')}`);
}
console.log(`\n${perQuestion.toFixed(2)} ms a question`);
process.exit(failed ? 1 : 0);
