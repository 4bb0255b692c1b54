// The demo page: its headers over plain HTTP, and its chat in a real browser before the Direct Line surface.
import { fastify, type FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { memoryBackend, SITE_KEY, type MemoryBackend, type Script } from '../../../test/journeys/memory-backend.js';
import { demoPage } from '../src/demo/page.js';
import { directLinePlugin } from '../src/directline/plugin.js';
import { newPage, startBrowser } from './browser.js';
import { contrasts } from './contrast.js';

/** Also says what would be dangerous as markup. */
const script: Script = (content) => {
  if (content.type === 'choice') return [{ type: 'text', text: `chosen: ${content.id}` }];
  if (content.type === 'media') return [{ type: 'text', text: `a file of type ${content.mime}` }];
  if (content.type !== 'text') return [];
  if (content.text === 'card')
    return [{ type: 'buttons', text: 'A card', buttons: [{ id: 'from-card', title: 'On the card' }] }];
  if (content.text === 'markup') return [{ type: 'text', text: '<img src=x onerror=alert(1)> https://a.example/b.' }];
  return [{ type: 'text', text: `echo: ${content.text}`, choices: [{ id: 'first', title: 'The first' }] }];
};

let app: FastifyInstance;
let backend: MemoryBackend;
let url: string;
let siteKey: string | null = SITE_KEY;

async function serve(): Promise<void> {
  app = fastify({ forceCloseConnections: true });
  const publicUrl = () => url;
  await app.register(demoPage({ publicUrl, siteKey: async () => siteKey }));
  await app.register(directLinePlugin(backend, { publicUrl, onError: () => undefined }));
  url = await app.listen({ port: url ? Number(new URL(url).port) : 0, host: '127.0.0.1' });
}

beforeAll(async () => {
  backend = memoryBackend(script);
  await serve();
});
afterAll(() => app.close());
afterEach(() => {
  siteKey = SITE_KEY;
  backend.trouble = null;
});

describe('over HTTP', () => {
  const get = (path: string) => app.inject({ method: 'GET', url: path });
  const assetsOf = (html: string): string[] =>
    [...html.matchAll(/(?:href|src)="(\/demo\/assets\/[^"]+)"/g)].map(([, path]) => path!);

  it.each([
    ['content-type', 'text/html; charset=utf-8'],
    ['cache-control', 'no-cache'],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'same-origin'],
    ['cross-origin-opener-policy', 'same-origin'],
  ])('the page says %s: %s', async (name, value) => {
    expect((await get('/demo')).headers[name]).toBe(value);
  });

  it('lets the page load its own files and talk to its own gateway, and nothing else', async () => {
    const policy = String((await get('/demo')).headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
    expect(policy).toContain(`connect-src 'self' ws://${new URL(url).host};`);
    expect(policy).not.toMatch(/unsafe|\*/);
  });

  it('has the site key in it, and no script or style of its own', async () => {
    const { body } = await get('/demo');
    expect(body).toContain(`content="${SITE_KEY}"`);
    expect(body).not.toMatch(/<script(?![^>]*src=)|<style| style=| on[a-z]+=|\{\{/);
  });

  it('serves its files for a year under the hash of their content', async () => {
    const { body } = await get('/demo');
    const paths = assetsOf(body);
    const styles = paths.filter((path) => path.endsWith('.css'));
    expect([...body.matchAll(/<link rel="stylesheet"/g)]).toHaveLength(styles.length);
    expect(styles).toHaveLength(3);
    for (const path of paths) {
      const { statusCode, headers } = await get(path);
      expect([path, statusCode]).toEqual([path, 200]);
      expect(headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      });
    }
  });

  it.each(['/demo/assets/0000000000000000/chat.js', '/demo/assets/../../src/main.ts'])('has no %s', async (path) => {
    expect((await get(path)).statusCode).toBe(404);
  });

  it('is not there without a demo tenant', async () => {
    siteKey = null;
    const { statusCode, headers, body } = await get('/demo');
    expect([statusCode, headers['content-type']]).toEqual([404, expect.stringContaining('application/problem+json')]);
    expect(JSON.parse(body)).toMatchObject({ status: 404, type: expect.stringContaining('not-found') as unknown });
  });

  it('says the same things in both languages', async () => {
    const path = assetsOf((await get('/demo')).body).find((one) => one.endsWith('texts.json'))!;
    const { en, de } = (await get(path)).json<Record<'en' | 'de', Record<string, string>>>();
    expect(Object.keys(de)).toEqual(Object.keys(en));
    expect(Object.values({ ...en, ...de })).not.toContain('');
  });
});

// Decided before the tests are declared, so that a machine without a browser says "skipped".
const browser: Browser | null = await startBrowser();
afterAll(() => browser?.close());

(browser ? describe : describe.skip)('in a browser', () => {
  let page: Page;
  let complaints: string[] = [];

  async function visit(options: object = {}): Promise<void> {
    page = await newPage(browser!, { locale: 'en-GB', ...options });
    complaints = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${url}/demo`);
  }

  const saw = (text: string | RegExp) => page.getByRole('log').getByText(text).first().waitFor();
  const openChat = () => page.getByRole('button', { name: 'Open the chat' }).click();
  const write = async (text: string): Promise<void> => {
    await page.getByRole('textbox', { name: 'Your message' }).fill(text);
    await page.keyboard.press('Enter');
  };
  const stored = () => page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])');

  afterEach(async () => {
    await page.context().close();
    // A refused or broken call is the browser's to report; nothing else is.
    expect(complaints.filter((text) => !/Failed to load resource|WebSocket connection/.test(text))).toEqual([]);
  });

  it('stores and sends nothing before the person opens the chat', async () => {
    const calls: string[] = [];
    await visit();
    page.on('request', (request) => calls.push(request.url()));
    await page.getByRole('button', { name: 'Open the chat' }).waitFor();
    expect(await stored()).toBe('[{},{},""]');
    expect(calls.filter((one) => one.includes('/v3/directline'))).toEqual([]);
  });

  it('opens, sends with Enter, and shows the answer and its buttons', async () => {
    await visit();
    await openChat();
    await page.getByRole('status').getByText('Connected').waitFor();
    await write('hello');
    await saw('echo: hello');
    await saw(/· Sent/);
    await page.getByRole('group', { name: 'Suggested answers' }).getByRole('button', { name: 'The first' }).click();
    await saw('chosen: first');
    await write('card');
    await page.getByRole('log').getByRole('button', { name: 'On the card' }).click();
    await saw('chosen: from-card');
    expect(complaints).toEqual([]);
  });

  it('says nothing of the browser in what it sends', async () => {
    await visit();
    await openChat();
    await write('what is in it');
    await saw('echo: what is in it');
    const { activity } = backend.received.at(-1)!.payload as { readonly activity: object };
    expect(Object.keys(activity).sort()).toEqual(['channelData', 'text', 'type']);
  });

  it('begins a new line with Shift+Enter, and opens with an example', async () => {
    await visit();
    await page.getByRole('button', { name: 'help', exact: true }).click();
    await saw('echo: help');
    const box = page.getByRole('textbox', { name: 'Your message' });
    await box.fill('one');
    await box.press('Shift+Enter');
    await box.pressSequentially('two');
    await box.press('Enter');
    await saw(/echo: one\s+two/);
  });

  it('shows markup as the text that it is, and addresses as links', async () => {
    await visit();
    await openChat();
    await write('markup');
    await saw('<img src=x onerror=alert(1)>');
    const link = page.getByRole('link', { name: 'https://a.example/b', exact: true });
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
    expect(complaints).toEqual([]);
  });

  it('uploads files, and takes one back before', async () => {
    await visit();
    await openChat();
    const file = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
    await page.locator('#picker').setInputFiles([file('keep.pdf'), file('leave.pdf')]);
    await page.getByRole('button', { name: 'Remove leave.pdf' }).click();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await saw('a file of type application/pdf');
    expect(backend.received.at(-1)!.uploads.map(({ mime, bytes }) => [mime, String(bytes)])).toEqual([
      ['application/pdf', '%PDF-1.7'],
    ]);
  });

  it('has the conversation again after a reload, each message once', async () => {
    await visit();
    await openChat();
    await write('before');
    await saw('echo: before');
    await page.reload();
    await saw('echo: before');
    await write('after');
    await saw('echo: after');
    expect(await page.getByRole('log').getByText('before', { exact: true }).count()).toBe(1);
    expect(await page.locator('.message').count()).toBe(4);
  });

  it('comes back after the gateway was away, with what was said meanwhile', async () => {
    await visit();
    await openChat();
    await write('first');
    await saw('echo: first');
    await app.close();
    await page.getByRole('status').getByText('Connection lost').waitFor();
    await serve();
    const id = backend.received.at(-1)!.payload.conversationId;
    backend.say(id, { type: 'text', text: 'said meanwhile' });
    await saw('said meanwhile');
    expect(await page.getByText('echo: first').count()).toBe(1);
  });

  it.each([
    ['fail', 'Not sent.', true],
    ['refuse', 'the shop’s instructions do not provide for it', false],
  ] as const)(
    'says so when the gateway does %s, and offers another try only where it helps',
    async (trouble, words, again) => {
      await visit();
      await openChat();
      backend.trouble = trouble;
      await write('hello?');
      await saw(words);
      const retry = page.getByRole('button', { name: 'Try again' });
      expect(await retry.count()).toBe(again ? 1 : 0);
      backend.trouble = null;
      if (!again) return;
      await retry.click();
      await saw('echo: hello?');
      expect(await page.locator('.message.own').count()).toBe(1);
    },
  );

  it('ends where the person or the gateway ends it, and leaves nothing behind', async () => {
    await visit();
    await openChat();
    await write('bye');
    await saw('echo: bye');
    expect(await stored()).toContain('conversationId');
    backend.gone = true; // the tenant took the connection away
    await page.reload();
    await page.getByRole('heading', { name: 'This chat has ended' }).waitFor();
    backend.gone = false;
    await page.getByRole('button', { name: 'Begin a new chat' }).click();
    await page.getByRole('button', { name: 'End chat' }).click();
    expect(await stored()).toBe('[{},{},""]');
  });

  it.each([
    [360, 'de-AT', 'dark'],
    [1280, 'de', 'light'],
    [320, 'en', 'light'],
    [390, 'fr', 'light'],
  ] as const)('fits %i pixels, in %s, %s', async (width, locale, colorScheme) => {
    await visit({ viewport: { width, height: 800 }, locale, colorScheme });
    const german = locale.startsWith('de');
    await page.getByRole('button', { name: german ? 'Chat öffnen' : 'Open the chat' }).click();
    await page.locator('#text:focus').fill(german ? 'Guten Tag' : 'Hello');
    await page.keyboard.press('Enter');
    await saw(german ? 'echo: Guten Tag' : 'echo: Hello');
    expect(await page.evaluate('document.documentElement.lang')).toBe(german ? 'de' : 'en');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(complaints).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('can be read by everyone, %s', async (colorScheme) => {
    await visit({ colorScheme, reducedMotion: 'reduce' });
    const texts = [...(await contrasts(page))];
    await openChat();
    await write('hello');
    await saw('echo: hello');
    await saw(/· Sent/);
    backend.trouble = 'fail';
    await write('lost');
    await saw('Not sent.');
    texts.push(...(await contrasts(page)));
    expect(texts.length).toBeGreaterThan(40);
    expect(texts.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
  });
});
