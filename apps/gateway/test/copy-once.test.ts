// The copy for whoever asked in the chat: looking at its address uses nothing up, the button hands everything over once, to one browser.
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { request } from 'node:http';
import { join } from 'node:path';
import { fastify, type FastifyInstance } from 'fastify';
import type { Browser } from 'playwright-core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import pg from 'pg';
import { LANGUAGES } from '#libs/rights';
import { until } from '../../../test/support/until.js';
import { rightsPages } from '../src/rights-pages.js';
import { startAcme, type Acme } from './acme.js';
import { newPage, startBrowser } from './browser.js';
import { contrasts } from './contrast.js';
import { businessOf } from './person.js';
import { unpack } from './unpack.js';

const browser: Browser | null = await startBrowser();
const PICTURE = Buffer.from('a picture');

let acme: Acme;
let app: FastifyInstance;
let url: string;
let folder: string;
let database: pg.Client;
beforeAll(async () => {
  acme = await startAcme();
  database = new pg.Client({ connectionString: acme.api.connectionString });
  await database.connect();
  app = fastify({ forceCloseConnections: true });
  await app.register(
    rightsPages({ rights: acme.api.rights, store: acme.api.store, publicUrl: 'http://gateway.example' }),
  );
  url = await app.listen({ port: 0, host: '127.0.0.1' });
  folder = await mkdtemp(join(tmpdir(), 'parley-copy-'));
});
afterAll(async () => {
  await browser?.close();
  await app.close();
  await database.end();
  await acme.api.stop();
  await rm(folder, { recursive: true });
});

/** Somebody who wrote, sent a picture and then asked in the chat; the copy is made. */
async function asked({ source = 'chat', file = PICTURE }: { source?: 'chat' | 'api'; file?: Buffer } = {}) {
  const { tenant, someone } = await businessOf(acme);
  const anna = await someone();
  await anna.sendsFile(await anna.says('in my <b>words</b>'), file);
  const { subjectId } = await anna.meet();
  const open = () => acme.api.rights.open({ tenantId: tenant.id, right: 'access', source, subjectIds: [subjectId] });
  const completed = (id: string) =>
    until('the copy is made', async () => {
      await acme.api.rights.run();
      return (await acme.api.rights.one(tenant.id, id))?.state === 'completed';
    });
  const { id, code } = await open();
  await completed(id);
  return { tenant, id, page: `/privacy/requests/${code}`, open, completed };
}

const look = (at: string, language = 'en') =>
  app.inject({ url: at, headers: { accept: 'text/html', 'accept-language': language } });
const fetch = (at: string, headers: Record<string, string> = { accept: 'text/html' }) =>
  app.inject({ method: 'POST', url: `${at}/copy`, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } }); // prettier-ignore

/** Opens the page as a browser does; what it answers is what that browser sends along from then on. */
const opened = async (at: string): Promise<{ cookie: string }> => {
  const set = String((await look(at)).headers['set-cookie']);
  expect(set).toMatch(new RegExp(`^parley_copy=[\\w-]{43}; Path=${at}; HttpOnly; SameSite=Lax$`));
  return { cookie: set.split(';')[0]! };
};
const endNow = (id: string) =>
  database.query("UPDATE parley.rights_copy SET until = now() - interval '1 second' WHERE request_id = $1", [id]);
const secondsLeft = async (id: string): Promise<number> =>
  Number((await database.query('SELECT extract(epoch FROM until - now()) AS s FROM parley.rights_copy WHERE request_id = $1', [id])).rows[0].s); // prettier-ignore
const leavesOf = async ({ tenant }: Awaited<ReturnType<typeof asked>>): Promise<number> =>
  (await tenant.call('GET', '/ledger?limit=200')).text.match(/"state":"fetched"/g)?.length ?? 0;

it.each(LANGUAGES)('the page says in %s what is behind the button, and can be looked at for ever', async (language) => {
  const { page } = await asked();
  for (const at of [page, page, `${page}/copy`, `${page}/copy`])
    expect([200, 303]).toContain((await look(at, language)).statusCode);
  const { body } = await look(page, language);
  expect(body).toContain(`<html lang="${language}">`);
  for (const part of ['ZIP', 'copy.html', 'copy.json', `method="post" action="${page.split('/').pop()!}/copy"`])
    expect(body).toContain(part);
  expect(body).not.toContain('words');
  expect((await fetch(page)).statusCode).toBe(200);
}); // prettier-ignore

it('the button hands over a page, the same for machines with its schema, and the files', async () => {
  const { page, id } = await asked();
  const answer = await fetch(page, { 'accept-language': 'de' });
  expect(answer.headers).toMatchObject({
    'content-type': 'application/zip', 'cache-control': 'no-store',
    'content-disposition': expect.stringMatching(/^attachment; filename="[\w-]+\.zip"$/),
  }); // prettier-ignore
  const paths = await unpack(answer.rawPayload, folder);
  const [picture] = paths.filter((path) => path.startsWith('files/'));
  expect(paths).toEqual(['copy.html', 'copy.json', 'copy.schema.json', picture, 'SHA256SUMS']);
  expect(picture).toMatch(/^files\/[\da-f-]{36}\.png$/);
  const read = (path: string) => readFile(join(folder, path), 'utf8');
  const [html, json, schema] = await Promise.all(paths.slice(0, 3).map(read));
  expect(html).toContain('<html lang="de">');
  expect(html).toContain('in my &lt;b&gt;words&lt;/b&gt;');
  expect(html).toContain(`<a href="${picture}">`);
  expect(html).toContain('href="copy.json"');
  expect(await read(picture!)).toBe(PICTURE.toString('base64')); // as `person` stores it
  const copy = JSON.parse(json!) as object;
  const fits = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(JSON.parse(schema!) as object);
  expect([fits(copy), fits.errors]).toEqual([true, null]);
  expect(copy).toMatchObject({ request: id, copies: [{}] });
});

it('of many who press at once, one gets it; everybody else reads how to get another', async () => {
  const { tenant, page, id, open, completed } = await asked();
  const answers = await Promise.all(Array.from({ length: 8 }, () => fetch(page)));
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, ...Array.from({ length: 7 }, () => 410)]); // prettier-ignore
  const late = answers.find(({ statusCode }) => statusCode === 410)!;
  expect(late.body).toContain('ask for your data once more in the chat');
  expect((await look(page)).body).toContain('ask for your data once more in the chat');
  expect((await look(page)).body).not.toContain('method="post"');
  const problem = await fetch(page, { accept: '*/*' });
  expect([problem.statusCode, problem.headers['content-type']]).toEqual([
    410,
    expect.stringMatching(/^application\/problem\+json/),
  ]);
  // It is nowhere any more, and the ledger says that it was handed over.
  expect((await tenant.call('GET', `/requests/${id}/result`)).status).toBe(410);
  const leaves = (await tenant.call('GET', '/ledger?limit=200')).text;
  expect(leaves.match(/"state":"fetched"/g)).toHaveLength(1);
  const again = await open();
  await completed(again.id);
  expect((await fetch(`/privacy/requests/${again.code}`)).statusCode).toBe(200);
});

it('a second press in the same browser gets it again for ten minutes; nobody else does, and the ledger has it once', async () => {
  const at = await asked();
  const browser = await opened(at.page);
  const stranger = await opened(at.page);
  const both = await Promise.all([fetch(at.page, browser), fetch(at.page, browser)]);
  expect(both.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  for (const { rawPayload } of both) expect(await unpack(rawPayload, folder)).toHaveLength(5);
  await until('it counts as handed over', async () => (await secondsLeft(at.id)) < 601);
  expect((await fetch(at.page, { ...stranger, accept: 'text/html' })).statusCode).toBe(410);
  expect((await fetch(at.page)).statusCode).toBe(410);
  expect((await at.tenant.call('GET', `/requests/${at.id}/result`)).status).toBe(410);
  const seen = (headers: object) => app.inject({ url: at.page, headers: { accept: 'text/html', ...headers } });
  expect((await seen(stranger)).body).toContain('The copy was fetched');
  // The page, loaded once more, leaves the browser what it has.
  const mine = await seen(browser);
  expect([mine.body.includes('method="post"'), mine.headers['set-cookie']]).toEqual([true, undefined]);
  expect((await fetch(at.page, browser)).statusCode).toBe(200);
  expect(await leavesOf(at)).toBe(1);
  await endNow(at.id);
  expect((await fetch(at.page, browser)).statusCode).toBe(410);
}); // prettier-ignore

it('a download that breaks off is not the end of it: the same browser gets all of it, whenever it comes back', async () => {
  const file = randomBytes(6_000_000);
  const at = await asked({ file });
  const browser = await opened(at.page);
  const stranger = await opened(at.page);
  await new Promise<void>((broken, fail) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...browser };
    const post = request(`${url}${at.page}/copy`, { method: 'POST', headers }, (answer) => answer.once('data', () => answer.destroy())); // prettier-ignore
    post
      .once('close', () => broken())
      .once('error', fail)
      .end();
  });
  await new Promise((later) => setTimeout(later, 500));
  expect(await secondsLeft(at.id)).toBeGreaterThan(6 * 86_400);
  expect((await fetch(at.page, stranger)).statusCode).toBe(410);
  const answer = await fetch(at.page, browser);
  const [picture] = (await unpack(answer.rawPayload, folder)).filter((path) => path.startsWith('files/'));
  expect(await readFile(join(folder, picture!), 'utf8')).toBe(file.toString('base64'));
  await until('it counts as handed over', async () => (await secondsLeft(at.id)) < 601);
  expect(await leavesOf(at)).toBe(1);
});

it('a browser that keeps no cookies gets it once', async () => {
  const { page } = await asked();
  expect([(await fetch(page)).statusCode, (await fetch(page)).statusCode]).toEqual([200, 410]);
});

it('is there for seven days, and only for whoever asked in the chat', async () => {
  const byApi = await asked({ source: 'api' });
  expect([(await look(byApi.page)).body.includes('copy.json'), (await fetch(byApi.page)).statusCode]).toEqual([false, 404]); // prettier-ignore
  expect((await fetch('/privacy/requests/nobody-was-given-this')).statusCode).toBe(404);
  const { page, id } = await asked();
  await endNow(id);
  expect((await look(page)).body).toContain('its seven days are over');
  expect((await fetch(page)).statusCode).toBe(410);
});

(browser ? describe : describe.skip)('in a browser', () => {
  it.each([390, 1280])('%i px wide: all of it is seen, readable and in reach; the button downloads it', async (width) => {
    const { page: path } = await asked();
    const page = await newPage(browser!, { viewport: { width, height: 844 }, locale: 'en-GB', hasTouch: width < 500 });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(`${url}${path}`);
    const button = page.getByRole('button', { name: 'Fetch the copy of your data' });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect((await button.boundingBox())!.height).toBeGreaterThanOrEqual(44);
    expect((await contrasts(page)).filter(({ ratio }) => ratio < 4.5)).toEqual([]);
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    expect(download.suggestedFilename()).toBe('personal-data.zip');
    expect((await readFile(await download.path())).subarray(0, 2).toString()).toBe('PK');
    expect(new URL(page.url()).pathname).toBe(path);
    const [again] = await Promise.all([page.waitForEvent('download'), button.click()]);
    expect((await readFile(await again.path())).length).toBe((await readFile(await download.path())).length);
    await until('it counts as fetched', async () => (await look(path)).body.includes('The copy was fetched'));
    expect(complaints.filter((text) => !text.includes('410'))).toEqual([]);
  });
}); // prettier-ignore
