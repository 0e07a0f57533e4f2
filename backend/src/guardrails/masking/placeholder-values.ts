import { Injectable } from '@nestjs/common';
import { MasksRepository, type ValuesByPlaceholder } from './masks.repository.js';
import { holdsPlaceholder } from './placeholder.rules.js';

/** Something with texts, of one conversation. */
interface Placed {
  readonly conversationId: number;
}

const NONE: ValuesByPlaceholder = new Map();

/** What placeholders stand for, read only where there are any. */
@Injectable()
export class PlaceholderValues {
  constructor(private readonly masks: MasksRepository) {}

  /**
   * @param textsOf what is about to be shown of each.
   * @returns the values by what is to be shown, empty where it holds no placeholder.
   */
  async of<One extends Placed>(
    all: readonly One[],
    textsOf: (one: One) => readonly string[],
  ): Promise<(one: Placed) => ValuesByPlaceholder> {
    const ids = all.filter((one) => textsOf(one).some(holdsPlaceholder));
    if (ids.length === 0) return () => NONE;
    const values = await this.masks.valuesOf([...new Set(ids.map((one) => one.conversationId))]);
    return ({ conversationId }) => values.get(conversationId) ?? NONE;
  }
}
