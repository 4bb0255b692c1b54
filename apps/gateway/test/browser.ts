// A Chromium for tests of pages: the machine's own, else the one from npm, else none.
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

async function fromNpm(): Promise<Browser> {
  const { default: packed } = await import('@sparticuz/chromium');
  return chromium.launch({ executablePath: await packed.executablePath(), args: packed.args });
}

/** Null where no browser starts. */
export async function startBrowser(): Promise<Browser | null> {
  const executablePath = SYSTEM.find((path) => existsSync(path));
  const options = { args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] };
  try {
    return executablePath ? await chromium.launch({ executablePath, ...options }) : await fromNpm();
  } catch {
    return null;
  }
}
