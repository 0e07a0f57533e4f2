import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './test';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules that look at colours: nothing else can differ between light and dark. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** No violation of WCAG 2.2 AA on what the page shows now, in light and in dark. */
export async function expectAccessible(page: Page, place: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // No frame of the page is another's: the results need no second page to be put together in.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    if (colorScheme === 'dark') axe.withRules(COLOUR_RULES);
    // An open menu is drawn above the page, beside its landmarks: a practice, not WCAG.
    else axe.withTags(RULES).disableRules(['region']);
    const { violations } = await axe.analyze();
    const found = violations.map(({ id, nodes }) => ({
      place,
      colorScheme,
      id,
      nodes: nodes.map(({ target, failureSummary }) => [target.join(' '), failureSummary]),
    }));
    expect(found).toEqual([]);
  }
}
