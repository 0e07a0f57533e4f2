import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLParseError,
} from 'yaml';
import { inEach, ofFile, type PolicyProblem, type Said } from './problem.js';
import { yamlWords } from './yaml-words.js';

/** Aliases that one file may resolve to: past it, it is a bomb. */
const MOST_ALIASES = 100;

/** Problems told of one file: who reads more has lost the thread. */
const MOST_PROBLEMS = 20;

/** A hundred lists or maps that open one within the other. */
const NESTED_TOO_DEEP = /[[{](?:\s*[[{]){99}/;

/** What a file says, and where. */
export interface ReadFile {
  readonly value: unknown;
  /** The problem that `message` tells, at what a path leads to or as near as the file has it. */
  problemAt(path: readonly PropertyKey[], message: Said): PolicyProblem;
  /** The same, at the name of what the path leads to. */
  problemAtName(path: readonly PropertyKey[], message: Said): PolicyProblem;
}

/** Reads YAML. Never throws: what cannot be read is told with its line. */
export function readYaml(file: string, text: string): ReadFile | { problems: PolicyProblem[] } {
  const lines = new LineCounter();
  const problem = (offset: number, message: Said): PolicyProblem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col), message };
  };
  // The parser takes seconds to find out by itself.
  if (NESTED_TOO_DEEP.test(text)) return { problems: [ofFile(file, TOO_DEEP)] };
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    if (document.errors.length > 0) {
      if (document.errors.some(isTooDeep)) return { problems: [ofFile(file, TOO_DEEP)] };
      const errors = document.errors.slice(0, MOST_PROBLEMS);
      return {
        problems: errors.map(({ pos, code, message }) => problem(pos[0], yamlWords(code, message))),
      };
    }
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return {
      value,
      problemAt: (path, message) => problem(offsetOf(document, path, false), message),
      problemAtName: (path, message) => problem(offsetOf(document, path, true), message),
    };
  } catch (error) {
    return { problems: [ofFile(file, thrownWords(error))] };
  }
}

/** Where in the text, in UTF-16 units, that is which a path leads to. */
function offsetOf(document: Document, path: readonly PropertyKey[], atName: boolean): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, step] of path.entries()) {
    const found = below(node, step);
    if (!found) break;
    // A list is at its name; what is wrong with a value is at the value.
    const last = depth === path.length - 1;
    const atValue = last && !atName && !isCollection(found.value);
    const place = atValue ? found.value : (found.key ?? found.value);
    offset = startOf(place) ?? startOf(found.key) ?? offset;
    node = found.value;
  }
  return offset;
}

function below(node: unknown, step: PropertyKey): { key?: unknown; value: unknown } | undefined {
  if (!isCollection(node)) return undefined;
  if (!isMap(node)) {
    const value = node.items[Number(step)];
    return value === undefined ? undefined : { value };
  }
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  return pair && isPair(pair) ? { key: pair.key, value: pair.value } : undefined;
}

const startOf = (node: unknown): number | undefined =>
  isNode(node) ? (node as Node).range?.[0] : undefined;

/** The parser tells of its own stack what a file without end does to it. */
const isTooDeep = ({ code, message }: YAMLParseError): boolean =>
  code === 'RESOURCE_EXHAUSTION' || message.includes('call stack');

const TOO_DEEP: Said = {
  en: 'is nested too deep',
  'pt-BR': 'tem níveis demais, um dentro do outro',
};

function thrownWords(error: unknown): Said {
  if (error instanceof ReferenceError) {
    return {
      en: 'uses aliases (*name) so often that reading it would fill the memory',
      'pt-BR': 'usa referências (*nome) tantas vezes que a leitura encheria a memória',
    };
  }
  if (error instanceof RangeError) return TOO_DEEP;
  return inEach(error instanceof Error ? error.message : String(error));
}
