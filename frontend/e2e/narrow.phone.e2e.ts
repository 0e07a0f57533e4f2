import { expectAccessible } from './accessibility';
import { answered, ask, expect, t, test } from './test';

const WIDE = `Palavra${'muitocomprida'.repeat(20)}

| a | b | c | d | e | f | g | h |
|---|---|---|---|---|---|---|---|
| valor | valor | valor | valor | valor | valor | valor | valor |

\`\`\`ts
${'const comprido = 1; '.repeat(20)}
\`\`\``;

test.describe('a narrow screen', () => {
  test('should show everything at 360 px without scrolling sideways', async ({ page, person }) => {
    expect(person.username).not.toBe('');
    await page.setViewportSize({ width: 360, height: 740 });
    await ask(page, `say-json: ${JSON.stringify(WIDE)}`);
    await answered(page);
    for (const path of ['', '/settings', '/settings/commands', '/trash']) {
      if (path) await page.goto(path);
      await expect(page.locator('main')).toBeVisible();
      const excess = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        const main = document.querySelector('main');
        const thread = document.querySelector('.scroller');
        return [
          scrollWidth - clientWidth,
          main ? main.scrollWidth - main.clientWidth : 0,
          thread ? thread.scrollWidth - thread.clientWidth : 0,
        ];
      });
      expect(excess).toEqual([0, 0, 0]);
    }
  });

  test('should have no violation, with the history open too', async ({ page, person }) => {
    expect(person.username).not.toBe('');
    await ask(page, 'say: olá');
    await answered(page);
    await expectAccessible(page, 'phone conversation');
    await page.getByRole('button', { name: t('shell.openHistory') }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page, 'phone history');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
});
