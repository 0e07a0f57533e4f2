import type { CompiledRails } from '../../rails/compiled-rails.js';
import { LOCAL_RAILS, type LocalRailName } from '../../rails/local-rails.js';
import type { RuleProblem } from '../../rails/rule-refused.js';
import type { PolicyConfig, RailActions } from './config.schema.js';
import { CONFIG_FILE } from './policy-files.rules.js';
import { type Said, sayEach } from './problem.js';

/** Names that are told where one is wrong; a policy may have hundreds. */
const MOST_NAMES = 40;

/** Rules that `config.yml` names and no file has: what is said of them would never be done. */
export function unknownRules(
  config: PolicyConfig,
  { rules }: Pick<CompiledRails, 'rules'>,
): RuleProblem[] {
  const places: [readonly (string | number)[], object | undefined][] = [
    [['rails'], config.rails],
    ...config.exceptions.map(
      ({ rails }, at) => [['exceptions', at, 'rails'], rails] satisfies [unknown, unknown],
    ),
  ];
  return places.flatMap(([path, rails]) =>
    LOCAL_RAILS.flatMap((rail) => {
      const known = rules[rail] ?? [];
      return Object.keys(saidOf(rails, rail))
        .filter((rule) => !known.includes(rule))
        .map((rule) => ({
          file: CONFIG_FILE,
          path: [...path, rail, 'rules', rule],
          message: unknownWords(rule, known),
        }));
    }),
  );
}

const saidOf = (rails: object | undefined, rail: LocalRailName): object =>
  (rails as Readonly<Record<string, RailActions | undefined>> | undefined)?.[rail]?.rules ?? {};

function unknownWords(rule: string, known: readonly string[]): Said {
  const names = known.slice(0, MOST_NAMES).join(', ');
  const more = known.length > MOST_NAMES ? ', …' : '';
  return sayEach((language) => {
    if (known.length === 0) {
      return language === 'en'
        ? `names the rule “${rule}”, but this rail has none`
        : `cita a regra “${rule}”, mas aqui não há nenhuma`;
    }
    return language === 'en'
      ? `names no rule: ${rule}; there are: ${names}${more}`
      : `não é nome de regra: ${rule}; existem: ${names}${more}`;
  });
}
