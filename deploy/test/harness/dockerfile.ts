import { readFileSync } from 'node:fs';

/** One line of a Dockerfile, continuation lines joined. */
export interface Instruction {
  readonly keyword: string;
  readonly rest: string;
}

/** What stands between two `FROM`s. */
export interface Stage {
  readonly name: string;
  /** An image, or the name of an earlier stage. */
  readonly base: string;
  readonly instructions: readonly Instruction[];
}

const KEYWORDS = 'FROM WORKDIR ENV COPY RUN USER EXPOSE STOPSIGNAL CMD'.split(' ');

/** The stages of a Dockerfile, in order. @throws on an instruction that the tests do not know. */
export function readDockerfile(file: string): Stage[] {
  const text = readFileSync(file, 'utf8')
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, ' ');
  const stages: { name: string; base: string; instructions: Instruction[] }[] = [];
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const [, keyword = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    if (!KEYWORDS.includes(keyword)) {
      throw new Error(`unknown instruction: ${line}`);
    }
    if (keyword === 'FROM') {
      const [, base = '', name = ''] = /^(\S+) AS (\S+)$/.exec(rest) ?? [];
      stages.push({ name, base, instructions: [] });
    } else {
      stages.at(-1)?.instructions.push({ keyword, rest });
    }
  }
  return stages;
}

/** The stage of that name. @throws when there is none. */
export function stageNamed(stages: readonly Stage[], name: string): Stage {
  const stage = stages.find((each) => each.name === name);
  if (!stage) {
    throw new Error(`no stage ${name}`);
  }
  return stage;
}

/** The last instruction with a keyword, such as `USER`; undefined when there is none. */
export const lastOf = ({ instructions }: Stage, keyword: string): string | undefined =>
  instructions.findLast((each) => each.keyword === keyword)?.rest;

/** What the stage's own `ENV`s set. */
export function environmentOf({ instructions }: Stage): Record<string, string> {
  const pairs = instructions
    .filter(({ keyword }) => keyword === 'ENV')
    .flatMap(({ rest }) => rest.split(/\s+/))
    .map((pair): [string, string] => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    });
  return Object.fromEntries(pairs);
}

/** The words of a `CMD` in its JSON form. */
export const commandOf = (stage: Stage): string[] =>
  JSON.parse(lastOf(stage, 'CMD') ?? '[]') as string[];
