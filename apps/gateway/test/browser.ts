// A Chromium for tests of pages: the machine's own, else the one from npm, else none. A slow machine has its time.
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const MOST_MS = 120_000;
const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

async function fromNpm(): Promise<Browser> {
  const { default: packed } = await import('@sparticuz/chromium');
  return chromium.launch({ executablePath: await packed.executablePath(), args: packed.args, timeout: MOST_MS });
}

/** Null where no browser starts. */
export async function startBrowser(): Promise<Browser | null> {
  const executablePath = SYSTEM.find((path) => existsSync(path));
  const options = { args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'], timeout: MOST_MS };
  try {
    return executablePath ? await chromium.launch({ executablePath, ...options }) : await fromNpm();
  } catch {
    return null;
  }
}

/** In a context of its own, as with another person's browser. */
export async function newPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(MOST_MS);
  return page;
}
