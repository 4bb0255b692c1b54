// A request of somebody whose identity is in doubt, confirmed by a code on the channel; a stranger learns nothing and cannot guess.
import Fastify from 'fastify';
import pg from 'pg';
import { until } from '../../../test/support/until.js';
import { rightsPages } from '../src/rights-pages.js';
import { startAcme, type Acme } from './acme.js';
import { businessOf, type Person } from './person.js';

let acme: Acme;
let look: pg.Client;
beforeAll(async () => {
  acme = await startAcme();
  look = new pg.Client({ connectionString: acme.api.connectionString });
  await look.connect();
});
afterAll(async () => {
  await look.end();
  await acme.api.stop();
});

async function business() {
  const { tenant, someone } = await businessOf(acme);
  const doubted = async (who: Person) => {
    const made = await tenant.call('POST', '/requests', { right: 'access', subject: who.subject, identified: false });
    expect(made.body['state']).toBe('verifying');
    const at = `/requests/${String(made.body['id'])}`;
    return {
      id: String(made.body['id']), state: async () => (await tenant.call('GET', at)).body['state'],
      send: () => tenant.call('POST', `${at}/code`), confirm: (code: string) => tenant.call('POST', `${at}/confirm`, { code }),
      later: () => look.query("UPDATE parley.rights_request SET identity_sent_at = now() - interval '2 minutes' WHERE id = $1", [made.body['id']]),
    }; // prettier-ignore
  };
  /** Codes that reached the person, oldest first. */
  const codes = async (who: Person): Promise<string[]> => {
    const { conversationId } = await who.meet();
    const { body } = await tenant.call('GET', `/conversations/${conversationId}/messages?purpose=support`);
    const items = body['items'] as unknown as { direction: string; content: { text: string } }[];
    return items.filter(({ direction }) => direction === 'out').map(({ content }) => /^(\d{4} \d{4}) ist der Code/.exec(content.text)![1]!); // prettier-ignore
  };
  const received = (who: Person, n: number) => until('the code is there', async () => { const all = await codes(who); return all.length >= n && all; }); // prettier-ignore
  return { tenant, someone, doubted, codes, received };
}
const wrong = (code: string): string => code.replace(/\d/g, (digit) => String((Number(digit) + 1) % 10));

it('whoever types the code back has the request carried out, once', async () => {
  const { someone, doubted, received } = await business();
  const anna = await someone();
  await anna.says('hello');
  const request = await doubted(anna);
  expect((await request.send()).status).toBe(202);
  const [code] = await received(anna, 1);
  expect((await request.confirm(wrong(code!))).status).toBe(403);
  expect((await request.confirm(code!)).body['state']).toBe('in-progress');
  await until('it is completed', async () => (await request.state()) === 'completed');
  expect((await request.confirm(code!)).status).toBe(409);
  const { rows } = await look.query<{ identity_code: Buffer | null; decided_by: string }>('SELECT identity_code, decided_by FROM parley.rights_request WHERE id = $1', [request.id]); // prettier-ignore
  expect(rows).toEqual([{ identity_code: null, decided_by: 'code' }]);
});

it('a code is tried five times, also all at once; then the right one is as wrong as any', async () => {
  const { someone, doubted, received } = await business();
  const anna = await someone();
  await anna.says('hello');
  const request = await doubted(anna);
  await request.send();
  const [code] = await received(anna, 1);
  const tried = await Promise.all(Array.from({ length: 12 }, () => request.confirm(wrong(code!))));
  expect(new Set(tried.map(({ text }) => text)).size).toBe(1);
  expect((await request.confirm(code!)).text).toBe(tried[0]!.text);
  expect(await request.state()).toBe('verifying');
  // Another one, later.
  await request.later();
  await request.send();
  const [, second] = await received(anna, 2);
  expect((await request.confirm(code!)).status).toBe(403);
  expect((await request.confirm(second!)).body['state']).toBe('in-progress');
});

it('a code is over after its time; another is sent after a minute, three in all', async () => {
  const { someone, doubted, codes, received } = await business();
  const anna = await someone();
  await anna.says('hello');
  const request = await doubted(anna);
  for (let n = 0; n < 3; n += 1) await request.send();
  await received(anna, 1);
  for (let n = 1; n < 5; n += 1) {
    await request.later();
    await request.send();
  }
  const all = await received(anna, 3);
  await look.query("UPDATE parley.rights_request SET identity_until = now() - interval '1 second' WHERE id = $1", [
    request.id,
  ]);
  expect((await request.confirm(all[2]!)).status).toBe(403);
  expect(await codes(anna)).toHaveLength(3);
});

it('somebody unknown is answered like somebody known', async () => {
  const { someone, doubted } = await business();
  const [anna, nobody] = [await someone(), await someone()];
  await anna.says('hello');
  const shape = async (who: Person) => {
    const request = await doubted(who);
    const sent = await request.send();
    const refused = await request.confirm('00000000');
    return [
      sent.status,
      Object.keys(sent.body),
      sent.body['state'],
      refused.status,
      refused.text,
      await request.state(),
    ];
  };
  expect(await shape(nobody)).toEqual(await shape(anna));
});

describe('the form on the page of the request', () => {
  async function pages(requestId: string) {
    const { rights, store } = acme.api;
    const app = Fastify();
    await app.register(rightsPages({ rights, store, publicUrl: 'http://gateway.example' }));
    const { rows } = await look.query<{ code: string }>('SELECT code FROM parley.rights_request WHERE id = $1', [requestId]); // prettier-ignore
    const url = `/privacy/requests/${rows[0]!.code}`;
    const headers = { 'accept-language': 'fr', 'content-type': 'application/x-www-form-urlencoded' };
    const type = (code: string) => app.inject({ method: 'POST', url, payload: new URLSearchParams({ code }).toString(), headers }); // prettier-ignore
    return { app, url, headers, type, open: () => app.inject({ url, headers: { 'accept-language': 'fr' } }) };
  }

  it('takes the code as people type it, says what is wrong, and is gone once it is done', async () => {
    const { someone, doubted, received } = await business();
    const anna = await someone();
    await anna.says('hello');
    const request = await doubted(anna);
    await request.send();
    const [code] = await received(anna, 1);
    const page = await pages(request.id);
    const opened = await page.open();
    expect(opened.body).toMatch(/<form method="post"[^>]*>\s*<label for="code">Le code/);
    expect(opened.body).toMatch(/<input id="code" name="code"[^>]* required aria-describedby="hint" aria-invalid="false">/);
    expect(opened.headers['content-security-policy']).toContain("form-action 'self'");
    expect(opened.body).not.toMatch(/<script|role="alert"/);

    const refused = await page.type(wrong(code!));
    expect(refused.statusCode).toBe(403);
    expect(refused.body).toMatch(/<p id="wrong" role="alert">Le code ne convient pas/);
    expect(refused.body).toContain('aria-invalid="true"');
    expect(refused.body).not.toContain(wrong(code!));

    const done = await page.type(` ${code!.replace(' ', '-')} `);
    expect([done.statusCode, done.headers.location]).toEqual([303, page.url]);
    expect((await page.open()).body).not.toContain('<form');
    // Sent twice: the page says what has become of it.
    expect((await page.type(code!)).statusCode).toBe(303);
    await until('it is completed', async () => (await request.state()) === 'completed');
  }); // prettier-ignore

  it('shares the five tries with the interface, takes forms only and small ones, of known requests', async () => {
    const { someone, doubted, received } = await business();
    const [anna, nobody] = [await someone(), await someone()];
    await anna.says('hello');
    const request = await doubted(anna);
    await request.send();
    const [code] = await received(anna, 1);
    const page = await pages(request.id);
    await request.confirm(wrong(code!));
    const tried = await Promise.all(Array.from({ length: 4 }, () => page.type(wrong(code!))));
    const late = await page.type(code!);
    expect([late.statusCode, late.body]).toEqual([403, tried[0]!.body]);
    expect(await request.state()).toBe('verifying');

    const unknown = await doubted(nobody);
    await unknown.send();
    const dates = /[0-9]+ \S+ 20[0-9]{2}|<dd>[\w-]{16,}<\/dd>/g;
    expect((await (await pages(unknown.id)).type('1234 5678')).body.replace(dates, '')).toBe(late.body.replace(dates, ''));

    const { app, url, headers } = page;
    expect((await app.inject({ method: 'POST', url, payload: { code }, headers: { 'content-type': 'application/json' } })).statusCode).toBe(415);
    expect((await app.inject({ method: 'POST', url, payload: `code=${'1'.repeat(2_000)}`, headers })).statusCode).toBe(413);
    expect((await app.inject({ method: 'POST', url: `${url}x`, payload: 'code=1', headers })).statusCode).toBe(404);
  }); // prettier-ignore
});
