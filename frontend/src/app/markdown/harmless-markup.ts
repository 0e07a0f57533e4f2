import type { MarkedExtension, Tokens } from 'marked';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);

/** HTML that writers of markdown do use: bare, without attributes. */
const BARE_TAG =
  /<\/?(?:abbr|b|blockquote|br|code|del|details|em|hr|i|ins|kbd|mark|p|s|samp|small|strong|sub|summary|sup|u|var) ?\/?>/gi;
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;

/** Shows HTML as the text it is, but for bare tags that only shape text. */
function withBareTagsOnly(html: string): string {
  const text = html.replace(COMMENT, '');
  let shown = '';
  let from = 0;
  for (const { index, 0: tag } of text.matchAll(BARE_TAG)) {
    shown += escape(text.slice(from, index)) + tag;
    from = index + tag.length;
  }
  return shown + escape(text.slice(from));
}

/**
 * Takes the sting out of a model's text before any parser of HTML sees it; `sanitize` comes after.
 * An image could send what was said to whoever owns its address (EchoLeak, CVE-2025-32711): it
 * becomes a link that names the host, fetched only when somebody follows it. HTML becomes text.
 */
export const harmlessMarkup: MarkedExtension = {
  renderer: {
    image({ href, text }: Tokens.Image): string {
      const host = hostOf(href);
      const label = [text, host && `(${host})`].filter(Boolean).join(' ');
      return host ? `<a href="${escape(href)}">${escape(label)}</a>` : escape(text);
    },
    html({ text }: Tokens.HTML | Tokens.Tag): string {
      return withBareTagsOnly(text);
    },
    checkbox({ checked }: Tokens.Checkbox): string {
      return checked ? '☑ ' : '☐ ';
    },
  },
};

/** Host of an address on the web, '' for anything else. */
export function hostOf(address: string): string {
  try {
    const url = new URL(address);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.host : '';
  } catch {
    return '';
  }
}
