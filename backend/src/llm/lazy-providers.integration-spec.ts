import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Modules that a file loads as soon as it is loaded itself: imports that are not of types. */
function staticImports(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  const imports = source.matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)';/gms);
  return [...imports].map(([, name = '']) => name);
}

/** Packages that loading a file loads, through our own files. */
function packagesOf(file: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(file)) return packages;
  seen.add(file);
  for (const name of staticImports(file)) {
    const inside = join(dirname(file), name.replace(/\.js$/, '.ts'));
    if (!name.startsWith('.')) packages.add(name);
    else if (existsSync(inside)) {
      for (const found of packagesOf(inside, seen)) packages.add(found);
    }
  }
  return packages;
}

describe('the providers', () => {
  const heavy = (file: string): string[] =>
    [...packagesOf(join(import.meta.dirname, file))].filter((name) =>
      /^(@langchain|@aws-sdk|openai)/.test(name),
    );

  it('should not be loaded with the module: LangChain and an SDK cost 400 ms and 70 MB', () => {
    expect(heavy('llm.module.ts')).toEqual([]);
    expect(heavy('registry.ts')).toEqual([]);
  });

  it('should be what loads them', () => {
    expect(heavy('providers/openai.ts')).toContain('@langchain/openai');
    expect(heavy('providers/bedrock.ts')).toContain('@langchain/aws');
  });
});
