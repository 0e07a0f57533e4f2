// Writes src/app/ui/icon-shapes.ts: the outlines of the Lucide icons the app uses, one path each.
// Run after changing the list: `npx node frontend/icons.mjs`.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const USED = [
  'arrow-down',
  'arrow-up',
  'ban',
  'book-open',
  'bookmark-plus',
  'chart-column',
  'check',
  'chevron-down',
  'chevron-left',
  'chevron-right',
  'chevron-up',
  'circle-alert',
  'circle-check',
  'circle-question-mark',
  'clipboard-paste',
  'copy',
  'download',
  'ellipsis',
  'external-link',
  'eye',
  'eye-off',
  'file-code',
  'file-spreadsheet',
  'file-text',
  'folder-input',
  'gauge',
  'git-branch',
  'globe',
  'hard-drive',
  'key-round',
  'keyboard',
  'library',
  'link',
  'log-out',
  'menu',
  'message-square-text',
  'panel-left',
  'paperclip',
  'pencil',
  'pin',
  'pin-off',
  'play',
  'plus',
  'presentation',
  'refresh-cw',
  'rotate-ccw',
  'scissors',
  'search',
  'settings',
  'share-2',
  'shield',
  'slash',
  'square',
  'thumbs-down',
  'thumbs-up',
  'trash',
  'triangle-alert',
  'upload',
  'user-plus',
  'users',
  'wifi-off',
  'x',
];

const circle = ({ cx, cy, r }) =>
  `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
const rect = ({ x, y, width: w, height: h, rx: r = 0 }) =>
  `M${x + r} ${y}h${w - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${h - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}` +
  `h${2 * r - w}a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - h}a${r} ${r} 0 0 1 ${r} ${-r}z`;
const line = ({ x1, y1, x2, y2 }) => `M${x1} ${y1}L${x2} ${y2}`;
// A path that starts relative ("m19 12-7 7") is made absolute, so that outlines can be joined.
const path = ({ d }) =>
  d.replace(/^m\s*(-?[\d.]+)[\s,]*(-?[\d.]+)\s*(.*)$/s, (_, x, y, rest) =>
    /^[-\d.]/.test(rest) ? `M${x} ${y}l${rest}` : `M${x} ${y}${rest}`,
  );
const OUTLINE = { path, circle, rect, line };

const numbers = (attributes) =>
  Object.fromEntries(
    Object.entries(attributes).map(([k, v]) => [k, k === 'd' || isNaN(v) ? v : Number(v)]),
  );

const nodes = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('lucide-static/icon-nodes.json'), 'utf8'),
);
const entries = USED.map((name) => {
  if (!nodes[name]) throw new Error(`Lucide has no icon "${name}"`);
  const d = nodes[name].map(([tag, attributes]) => OUTLINE[tag](numbers(attributes))).join('');
  return `  '${name}':\n    '${d}',\n`;
});
writeFileSync(
  new URL('./src/app/ui/icon-shapes.ts', import.meta.url),
  `// Written by frontend/icons.mjs from lucide-static (ISC licence). Do not edit by hand.\n\n` +
    `/** Outlines on a 24 × 24 grid, drawn with strokes. */\n` +
    `export const ICON_SHAPES = {\n${entries.join('')}} as const;\n\n` +
    `/** The icons the app can draw. */\nexport type IconName = keyof typeof ICON_SHAPES;\n`,
);
