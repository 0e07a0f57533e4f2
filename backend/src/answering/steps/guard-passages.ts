import { Injectable } from '@nestjs/common';
import {
  type AddressVerdict,
  Guardrails,
  type PassageVerdict,
} from '../../guardrails/guardrails.js';
import type { GuardedPassage } from '../../guardrails/guarded.js';
import type { Person, RailHit } from '../../guardrails/judged-text.rules.js';
import type { MaskedText } from '../../guardrails/masking/masked-text.js';
import { MasksRepository } from '../../guardrails/masking/masks.repository.js';
import type { FoundPassage, RawPassage } from '../sources/found-passage.js';

/** For whose answer passages are judged. */
type Asked = Person & { readonly conversationId: number | null };

/** A passage of which something may be used. */
interface Kept {
  readonly raw: RawPassage;
  readonly title: MaskedText<GuardedPassage>;
  readonly heading: MaskedText<GuardedPassage> | null;
  readonly text: MaskedText<GuardedPassage>;
}

/** The retrieval rails: what was found is masked, or left out, before it becomes a source. */
@Injectable()
export class GuardPassages {
  constructor(
    private readonly guardrails: Guardrails,
    private readonly masks: MasksRepository,
  ) {}

  /** The passages that may be used, numbered from 1, and what was found in all of them. */
  async guarded(
    asked: Asked,
    found: readonly RawPassage[],
  ): Promise<{ readonly passages: FoundPassage[]; readonly hits: readonly RailHit[] }> {
    const hits: RailHit[] = [];
    const judge = (text: string): PassageVerdict['text'] => {
      const verdict = this.guardrails.passage(text, asked);
      hits.push(...verdict.hits);
      return verdict.text;
    };
    const address = ({ url }: RawPassage): Pick<AddressVerdict, 'url' | 'isUsable'> => {
      if (url === null) return { url, isUsable: true };
      const verdict = this.guardrails.address(url, asked);
      hits.push(...verdict.hits);
      return verdict;
    };
    const kept = found.flatMap((raw): Kept[] => {
      const title = judge(raw.title.replace(/\s+/g, ' '));
      const heading = raw.heading === null ? null : judge(raw.heading.replace(/\s+/g, ' '));
      const text = judge(raw.text);
      const { url, isUsable } = address(raw);
      return title && text && heading !== undefined && isUsable
        ? [{ raw: { ...raw, url }, title, heading, text }]
        : [];
    });
    const values = kept.flatMap(({ title, heading, text }) =>
      [title, heading, text].flatMap((part) => part?.values() ?? []),
    );
    const nameOf = await this.masks.nameNow(asked.conversationId ?? 0, values);
    const passages = kept.map(({ raw, title, heading, text }, at) => ({
      ...raw,
      ...{ n: at + 1, title: title.with(nameOf), text: text.with(nameOf) },
      heading: heading?.with(nameOf) ?? null,
    }));
    return { passages, hits: summed(hits) };
  }
}

/** One of each rule and action, over all the passages. */
function summed(hits: readonly RailHit[]): RailHit[] {
  const all = new Map<string, RailHit>();
  for (const hit of hits) {
    const key = [hit.rail, hit.rule, hit.action, hit.outcome].join(' ');
    all.set(key, { ...hit, hits: hit.hits + (all.get(key)?.hits ?? 0) });
  }
  return [...all.values()];
}
