import type { MarkedExtension, Tokens } from 'marked';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);

/**
 * An image in an answer could send what was said to whoever owns its address (EchoLeak,
 * CVE-2025-32711). It becomes a link that names the host, fetched only when somebody follows it.
 */
export const harmlessImages: MarkedExtension = {
  renderer: {
    image({ href, text }: Tokens.Image): string {
      const host = hostOf(href);
      const label = [text, host && `(${host})`].filter(Boolean).join(' ');
      return host ? `<a href="${escape(href)}">${escape(label)}</a>` : escape(text);
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
