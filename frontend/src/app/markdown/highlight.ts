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

/** Colours a piece of code. */
export type Highlighter = (code: string) => DocumentFragment;

/** What colours code of a language; null when it is not one of ours or the code is very long. */
export async function highlighterFor(
  language: string,
  characters: number,
): Promise<Highlighter | null> {
  const asked = language.toLowerCase();
  const name = ALIASES[asked] ?? asked;
  if (!Object.hasOwn(LANGUAGES, name) || characters > MAX_CHARACTERS) return null;
  const load = LANGUAGES[name];
  if (!load) return null;
  const [{ default: core }, { default: grammar }] = await Promise.all([
    import('highlight.js/lib/core'),
    load(),
  ]);
  const hljs: HLJSApi = core;
  if (!hljs.getLanguage(name)) hljs.registerLanguage(name, grammar);
  return (code) => toNodes(hljs.highlight(code, { language: name, ignoreIllegals: true }).value);
}

const PIECE = /<span class="([\w\s-]+)">|<\/span>|([^<]+)/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
};

/**
 * Builds nodes from highlight.js's output, which holds nothing but spans with a class and escaped
 * text. Whatever else it might hold one day stays out of the page, which innerHTML would not ensure.
 */
function toNodes(markup: string): DocumentFragment {
  const root = document.createDocumentFragment();
  const open: Node[] = [root];
  for (const [piece, classes, text] of markup.matchAll(PIECE)) {
    const parent = open.at(-1) ?? root;
    if (text !== undefined) {
      parent.appendChild(
        document.createTextNode(
          text.replace(/&(?:amp|lt|gt|quot|#x27);/g, (e) => ENTITIES[e] ?? e),
        ),
      );
    } else if (classes !== undefined) {
      const span = document.createElement('span');
      span.className = classes;
      parent.appendChild(span);
      open.push(span);
    } else if (piece === '</span>' && open.length > 1) {
      open.pop();
    }
  }
  return root;
}
