import type { HLJSApi, LanguageFn } from 'highlight.js';

type LanguageFile = () => Promise<{ readonly default: LanguageFn }>;

/** The languages Prosa colours, each fetched when first met. */
const LANGUAGES: Readonly<Record<string, LanguageFile>> = {
  bash: () => import('highlight.js/lib/languages/bash'),
  c: () => import('highlight.js/lib/languages/c'),
  cpp: () => import('highlight.js/lib/languages/cpp'),
  csharp: () => import('highlight.js/lib/languages/csharp'),
  css: () => import('highlight.js/lib/languages/css'),
  diff: () => import('highlight.js/lib/languages/diff'),
  go: () => import('highlight.js/lib/languages/go'),
  java: () => import('highlight.js/lib/languages/java'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'),
  php: () => import('highlight.js/lib/languages/php'),
  python: () => import('highlight.js/lib/languages/python'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  rust: () => import('highlight.js/lib/languages/rust'),
  sql: () => import('highlight.js/lib/languages/sql'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
  xml: () => import('highlight.js/lib/languages/xml'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
};

const ALIASES: Readonly<Record<string, string>> = {
  'c#': 'csharp',
  'c++': 'cpp',
  cs: 'csharp',
  golang: 'go',
  html: 'xml',
  js: 'javascript',
  jsx: 'javascript',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  svg: 'xml',
  ts: 'typescript',
  tsx: 'typescript',
  yml: 'yaml',
  zsh: 'bash',
};

/** Beyond this, colouring would hold the page up for longer than a frame or three. */
const MAX_CHARACTERS = 20_000;

/**
 * Colours code: spans with a class around escaped text, nothing else.
 * @returns null when the language is not one of ours or the code is very long.
 */
export async function colouredMarkup(language: string, code: string): Promise<string | null> {
  const name = knownLanguage(language);
  if (name === null || code.length > MAX_CHARACTERS) return null;
  const load = LANGUAGES[name];
  if (!load) return null;
  const [{ default: core }, { default: grammar }] = await Promise.all([
    import('highlight.js/lib/core'),
    load(),
  ]);
  const hljs: HLJSApi = core;
  if (!hljs.getLanguage(name)) hljs.registerLanguage(name, grammar);
  return hljs.highlight(code, { language: name, ignoreIllegals: true }).value;
}

/** Whether code of this language and length is coloured. */
export function isColoured(language: string, characters: number): boolean {
  return knownLanguage(language) !== null && characters <= MAX_CHARACTERS;
}

function knownLanguage(language: string): string | null {
  const asked = language.toLowerCase();
  const name = ALIASES[asked] ?? asked;
  return Object.hasOwn(LANGUAGES, name) ? name : null;
}
