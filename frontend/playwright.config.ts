import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** tools/test.mjs says so when it is left out for want of nginx. */
const WITHOUT_NGINX = existsSync('/usr/sbin/nginx') ? [] : ['**/nginx.e2e.ts'];

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** End to end in Chromium, against the built server with a fresh folder of data for each worker. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  fullyParallel: false,
  // Most of a test is waiting, for a page or for words that come one by one.
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  // tools/test.mjs names what passed only then.
  retries: process.env['CI'] === 'true' ? 1 : 0,
  reporter: [['list']],
  outputDir: '../dist/e2e',
  use: {
    browserName: 'chromium',
    locale: 'pt-BR',
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'block',
    trace: 'retain-on-failure',
    launchOptions: {
      // Debian's Chromium where Playwright's own cannot be downloaded.
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'desktop', testIgnore: ['**/*.phone.e2e.ts', ...WITHOUT_NGINX] },
    { name: 'phone', use: phone, testMatch: ['**/journey.e2e.ts', '**/*.phone.e2e.ts'] },
  ],
});
