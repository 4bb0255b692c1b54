// The copy for whoever asked in the chat: looking at its address uses nothing up, the button hands everything over once, to one.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify, type FastifyInstance } from 'fastify';
import type { Browser } from 'playwright-core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import pg from 'pg';
import { until } from '../../../test/support/until.js';
import { rightsPages } from '../src/rights-pages.js';
import { SETTINGS, startAcme, type Acme } from './acme.js';
import { startBrowser } from './browser.js';
import { contrasts } from './contrast.js';
import { person } from './person.js';
import { unpack } from './unpack.js';

const browser: Browser | null = await startBrowser();
const PICTURE = Buffer.from('a picture');

let acme: Acme;
let app: FastifyInstance;
let url: string;
let folder: string;
beforeAll(async () => {
  acme = await startAcme();
  app = fastify({ forceCloseConnections: true });
  await app.register(rightsPages({ rights: acme.api.rights, store: acme.api.store }));
  url = await app.listen({ port: 0, host: '127.0.0.1' });
  folder = await mkdtemp(join(tmpdir(), 'parley-copy-'));
});
afterAll(async () => {
  await browser?.close();
  await app.close();
  await acme.api.stop();
  await rm(folder, { recursive: true });
});

/** Somebody who wrote, sent a picture and then asked in the chat; the copy is made. */
async function asked(source: 'chat' | 'api' = 'chat') {
  const tenant = await acme.tenant();
  await tenant.approve();
  const connection = String((await tenant.connect({ ...SETTINGS, pageId: String(Math.random()).slice(2) })).body['id']);
  const anna = await person(acme, tenant, connection);
  await anna.sendsFile(await anna.says('in my <b>words</b>'), PICTURE);
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

it.each(['en', 'de', 'fr', 'es'])('the page says in %s what is behind the button, and can be looked at for ever', async (language) => {
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

it('is there for seven days, and only for whoever asked in the chat', async () => {
  const byApi = await asked('api');
  expect([(await look(byApi.page)).body.includes('copy.json'), (await fetch(byApi.page)).statusCode]).toEqual([false, 404]); // prettier-ignore
  expect((await fetch('/privacy/requests/nobody-was-given-this')).statusCode).toBe(404);
  const { page, id } = await asked();
  const database = new pg.Client({ connectionString: acme.api.connectionString });
  await database.connect();
  await database.query("UPDATE parley.rights_copy SET until = now() - interval '1 second' WHERE request_id = $1", [id]);
  await database.end();
  expect((await look(page)).body).toContain('its seven days are over');
  expect((await fetch(page)).statusCode).toBe(410);
});

(browser ? describe : describe.skip)('in a browser', () => {
  it.each([390, 1280])('%i px wide: all of it is seen, readable and in reach; the button downloads it', async (width) => {
    const { page: path } = await asked();
    const context = await browser!.newContext({ viewport: { width, height: 844 }, locale: 'en-GB', hasTouch: width < 500 });
    const page = await context.newPage();
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
    await button.click();
    await page.getByText('The copy was fetched').waitFor();
    expect(complaints.filter((text) => !text.includes('410'))).toEqual([]);
    await context.close();
  });
}); // prettier-ignore
