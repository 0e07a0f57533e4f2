import { z } from 'zod';
import type { Out } from '../out.js';
import { ParseRefusal } from '../protocol.js';

const pairs = z.array(z.object({ question: z.string(), answer: z.string() }));

/** Questions with their answers, as JSON: `[{question, answer}]`. Each pair stands for itself. */
export async function parsePairs(bytes: Buffer, out: Out): Promise<void> {
  await out.found('application/json');
  for (const { question, answer } of read(bytes)) {
    const text = `${question.trim()}\n${answer.trim()}`;
    await out.block({ page: null, headings: [], text, alone: true });
  }
}

function read(bytes: Buffer): z.infer<typeof pairs> {
  try {
    return pairs.parse(JSON.parse(bytes.toString()));
  } catch (cause) {
    throw new ParseRefusal('DAMAGED', { cause });
  }
}
