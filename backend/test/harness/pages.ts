import { expect } from '@jest/globals';
import type { ApiClient } from './api-client.js';

interface AnyPage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/**
 * Reads a list to its end, page by page.
 * @param path with its query, which has no cursor.
 * @param between done after each page but the last.
 */
export async function readPages<Item>(
  client: ApiClient,
  path: string,
  between: (page: number) => Promise<unknown> = () => Promise.resolve(),
): Promise<Item[]> {
  const read: Item[] = [];
  let cursor = '';
  for (let number = 1; ; number += 1) {
    const { status, body } = await client.get(`${path}${cursor}`);
    expect({ status, body }).toMatchObject({ status: 200 });
    const page = body as unknown as AnyPage<Item>;
    read.push(...page.items);
    if (page.nextCursor === null) return read;
    cursor = `&cursor=${page.nextCursor}`;
    await between(number);
  }
}
