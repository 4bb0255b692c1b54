// The fake's webhooks, Messenger, media, faults and its own control requests.
import { createHmac } from 'node:crypto';

import { startFakeMeta } from '../src/fake-meta/server.js';
import type { Behaviour } from '../src/fake-meta/types.js';
import {
  BSUID,
  call,
  DAY,
  events,
  fake,
  NUMBER,
  PAGE,
  PERSON,
  PSID,
  receiver,
  SECRET,
  send,
  sendPage,
  statuses,
  time,
  useFake,
} from './fake.js';
import { startReceiver } from './receiver.js';

useFake();

describe('webhooks', () => {
  it('are signed over ASCII bytes in which everything else is escaped in lower case', async () => {
    await fake.control.say({ account: NUMBER, from: { phone: PERSON, name: 'Zoë' }, text: 'Grüße 🙂' });
    const [hook] = receiver.hooks;
    expect(hook?.raw).toMatch(/Gr\\u00fc\\u00dfe \\ud83d\\ude42/);
    expect(hook?.raw).toMatch(/^[\u0020-\u007e]+$/);
    expect(hook?.signature).toBe(
      `sha256=${createHmac('sha256', SECRET)
        .update(hook?.raw ?? '')
        .digest('hex')}`,
    );
    expect(JSON.parse(hook?.raw ?? '').entry[0].changes[0].value.messages[0].text.body).toBe('Grüße 🙂');
  });

  it('are sent again until somebody says 200, and not for ever', async () => {
    receiver.answers.push(503, 500);
    await fake.control.say({ account: NUMBER, from: { phone: PERSON }, text: 'again' });
    expect(receiver.hooks).toHaveLength(3);
    receiver.answers.push(...Array.from({ length: 9 }, () => 503));
    fake.control.set({ webhookRetries: 1 });
    await fake.control.say({ account: NUMBER, from: { phone: PERSON }, text: 'never' });
    expect(receiver.hooks).toHaveLength(5);
    expect(fake.deliveries.at(-1)).toMatchObject({ status: 503, attempt: 2 });
  });

  it('a message of a person opens the window under the strict rule', async () => {
    fake.control.set({ window: 'strict' });
    await fake.control.say({ account: NUMBER, from: { phone: PERSON, bsuid: BSUID }, text: 'hi' });
    expect((await send()).status).toBe(200);
    expect((await send({ to: undefined, recipient: BSUID })).status).toBe(200);
    await fake.control.say({ account: PAGE, from: { psid: PSID }, text: 'hi' });
    expect((await sendPage()).status).toBe(200);
  });

  it('go only to the targets that the account concerns, each with its own secret', async () => {
    const own = await startReceiver();
    const other = await startFakeMeta({
      webhookTargets: [
        { url: own.url, account: '1', appSecret: 'own-secret' },
        { url: receiver.url, account: '2' },
      ],
      appSecret: SECRET,
    });
    await other.control.say({ account: '1', from: { phone: PERSON }, text: 'one' });
    expect([own.hooks.length, receiver.hooks.length]).toEqual([1, 0]);
    expect(own.hooks[0]?.signature).toContain(
      createHmac('sha256', 'own-secret')
        .update(own.hooks[0]?.raw ?? '')
        .digest('hex'),
    );
    await other.close();
    await own.close();
  });
});

describe('Messenger', () => {
  const cases: readonly [string, Record<string, unknown>, Partial<Behaviour>, number, number | undefined][] = [
    ['no recipient', { recipient: {} }, {}, 100, undefined],
    ['nothing to say', { message: {} }, {}, 100, undefined],
    ['2001 characters', { message: { text: 'x'.repeat(2001) } }, {}, 100, undefined],
    ['a tag that has ended', { messaging_type: 'MESSAGE_TAG', tag: 'ACCOUNT_UPDATE' }, {}, 100, undefined],
    ['an unknown person', {}, { unknownRecipients: [PSID] }, 100, 2018001],
    ['a closed window', {}, { window: 'strict' }, 10, 2018278],
    ['an unknown sender action', { sender_action: 'wave', message: undefined }, {}, 100, undefined],
  ];
  it.each(cases)('refuses %s', async (_name, change, behaviour, code, subcode) => {
    fake.control.set(behaviour);
    const { json } = await sendPage(change);
    expect([json.error?.code, json.error?.error_subcode]).toEqual([code, subcode]);
  });

  it('a human agent may answer for seven days', async () => {
    fake.control.lastInbound(PAGE, PSID, time.now - 6 * DAY);
    expect((await sendPage()).json.error?.error_subcode).toBe(2018278);
    expect((await sendPage({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' })).status).toBe(200);
    fake.control.lastInbound(PAGE, PSID, time.now - 8 * DAY);
    expect((await sendPage({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' })).json.error?.error_subcode).toBe(
      2018278,
    );
  });

  it('answers with ids and echoes what was sent with app id and metadata, then delivery and read', async () => {
    const { json } = await sendPage();
    await fake.control.idle();
    expect(json).toEqual({ recipient_id: PSID, message_id: expect.stringMatching(/^m_/) });
    const [echo, delivery, read] = events();
    expect(echo).toMatchObject({
      sender: { id: PAGE },
      recipient: { id: PSID },
      message: { is_echo: true, app_id: 100200300400500, metadata: 'opaque-1', mid: json['message_id'], text: 'hello' },
    });
    expect(delivery).toMatchObject({
      sender: { id: PSID },
      delivery: { mids: [json['message_id']], watermark: time.now },
    });
    expect(read).toMatchObject({ read: { watermark: time.now } });
  });

  it('typing answers the recipient and echoes nothing', async () => {
    const { json } = await sendPage({ message: undefined, sender_action: 'typing_on' });
    await fake.control.idle();
    expect(json).toEqual({ recipient_id: PSID });
    expect(receiver.hooks).toEqual([]);
  });
});

describe('media, accounts and faults', () => {
  const bytes = Buffer.from('not really a picture');
  const fetchMedia = (url: string, token?: string): Promise<Response> =>
    fetch(url, { headers: token ? { authorization: `Bearer ${token}` } : {} });

  it('media is described, fetched with the token, gone after five minutes and after deletion', async () => {
    const { id } = fake.control.media('image/jpeg', bytes);
    const { json } = await call('GET', `/${id}?phone_number_id=${NUMBER}`);
    expect(json).toMatchObject({ id, mime_type: 'image/jpeg', file_size: bytes.length });
    const url = fake.url + String(json['url']);
    expect(Buffer.from(await (await fetchMedia(url, 'EAAG-token')).arrayBuffer())).toEqual(bytes);
    expect((await fetchMedia(url)).status).toBe(401);
    time.now += 5 * 60 * 1000 + 1;
    expect((await fetchMedia(url, 'EAAG-token')).status).toBe(404);
    expect((await call('DELETE', `/${id}`)).json).toEqual({ success: true });
    fake.control.set({ accounts: [NUMBER] });
    expect((await call('GET', `/${id}`)).json.error).toMatchObject({ code: 100, error_subcode: 33 });
  });

  it('takes an upload and gives an id for it', async () => {
    const form = new FormData();
    form.set('messaging_product', 'whatsapp');
    form.set('type', 'text/plain');
    form.set('file', new Blob([new Uint8Array(bytes)], { type: 'text/plain' }), 'note.txt');
    const response = await fetch(`${fake.url}/v26.0/${NUMBER}/media`, {
      method: 'POST',
      headers: { authorization: 'Bearer EAAG-token' },
      body: form,
    });
    const { id } = (await response.json()) as { id: string };
    expect((await call('GET', `/${id}`)).json).toMatchObject({ mime_type: 'text/plain', file_size: bytes.length });
  });

  it('tells of an account only the fields that were asked for, and nothing of one that is not there', async () => {
    fake.control.set({ accounts: [NUMBER] });
    expect((await call('GET', `/${NUMBER}?fields=verified_name,quality_rating`)).json).toEqual({
      id: NUMBER,
      verified_name: 'Acme GmbH',
      quality_rating: 'GREEN',
    });
    expect((await call('GET', '/4711?fields=id')).json.error).toMatchObject({ code: 100, error_subcode: 33 });
    expect((await call('POST', `/${NUMBER}/subscribed_apps`)).json).toEqual({ success: true });
  });

  it('takes ten videos of a page a second, and texts beside them', async () => {
    const video = { message: { attachment: { type: 'video', payload: { url: 'https://files.example/a.mp4' } } } };
    const answers = await Promise.all(Array.from({ length: 11 }, () => sendPage(video)));
    expect(answers.flatMap(({ json }) => json.error?.code ?? [])).toEqual([613]);
    expect((await sendPage()).status).toBe(200);
  });

  it('says whose a token is: the page whose id it ends with, or somebody who is no page; of a bad one nothing', async () => {
    fake.control.set({ tokens: [`EAAG-${PAGE}`, 'EAAG-token'] });
    const me = async (token: string) => (await call('GET', '/me?fields=id,name', { token })).json;
    expect(await me(`EAAG-${PAGE}`)).toEqual({ id: PAGE, name: 'Acme GmbH' });
    expect((await me('EAAG-token')).id).not.toBe(PAGE);
    expect((await me('EAAG-expired')).error).toMatchObject({ code: 190 });
  });

  it('says which account holds a number, where it was told', async () => {
    const holders = async () => (await call('GET', `/${NUMBER}?fields=health_status`)).json['health_status'];
    expect(await holders()).toEqual({ can_send_message: 'AVAILABLE', entities: [] });
    fake.control.set({ businessAccounts: { [NUMBER]: '551' } });
    expect(await holders()).toMatchObject({
      entities: [{ entity_type: 'PHONE_NUMBER' }, { entity_type: 'WABA', id: '551' }],
    });
  });

  it('loses the answer of an accepted message when told so; the next call is well again', async () => {
    fake.control.set({ faults: [{ kind: 'disconnect-after-accept' }] });
    await expect(send()).rejects.toThrow();
    await fake.control.idle();
    expect(statuses()).toHaveLength(3);
    expect((await send()).status).toBe(200);
  });

  it('breaks the connection before anything happened when told so, as often as told', async () => {
    fake.control.set({ faults: [{ kind: 'disconnect', times: 2 }] });
    await expect(send()).rejects.toThrow();
    await expect(send()).rejects.toThrow();
    expect((await send()).status).toBe(200);
    await fake.control.idle();
    expect(statuses()).toHaveLength(3);
  });
});

describe('/__fake', () => {
  const steer = async (method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> => {
    const response = await fetch(`${fake.url}/__fake/${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };

  it('lists calls, changes behaviour, lets a person write, keeps the window', async () => {
    await send();
    expect(JSON.parse((await steer('GET', 'calls')).text).items).toMatchObject([{ method: 'POST', status: 200 }]);
    expect((await steer('PATCH', 'behaviour', { statuses: 'none' })).status).toBe(200);
    expect(fake.control.behaviour().statuses).toBe('none');
    const said = await steer('POST', 'inbound', { account: NUMBER, from: { phone: PERSON }, text: 'from outside' });
    expect(said.status).toBe(202);
    expect(receiver.hooks.at(-1)?.raw).toContain('from outside');
    expect((await steer('POST', 'window', { account: NUMBER, person: PERSON, at: 0 })).status).toBe(204);
    expect((await send()).json.error?.code).toBe(131047);
  });

  it.each([
    ['PATCH', 'behaviour', { statusses: 'none' }, 400],
    ['POST', 'inbound', { account: NUMBER }, 400],
    ['POST', 'window', {}, 400],
    ['POST', 'media', {}, 400],
    ['GET', 'nothing', undefined, 404],
  ])('%s %s with what it does not understand', async (method, path, body, status) => {
    expect((await steer(method, path, body)).status).toBe(status);
  });
});
