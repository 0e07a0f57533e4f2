import en from '../src/app/i18n/en.json' with { type: 'json' };
import pt from '../src/app/i18n/pt-BR.json' with { type: 'json' };

export type Language = 'pt-BR' | 'en';

/** A text of the app by its key, with its values filled in. */
export function textIn(language: Language) {
  return (key: string, values: Readonly<Record<string, string>> = {}): string => {
    let node: unknown = language === 'en' ? en : pt;
    for (const step of key.split('.')) node = (node as Record<string, unknown>)[step];
    if (typeof node !== 'string') throw new Error(`No text for ${key}`);
    return node.replace(/{{\s*(\w+)\s*}}/g, (_, name: string) => values[name] ?? '');
  };
}
