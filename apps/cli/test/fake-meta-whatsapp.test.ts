// The fake of WhatsApp refuses what Meta refuses, and sends statuses back in the order that was ordered.
import type { Behaviour, StatusOrder } from '../src/fake-meta/types.js';
import {
  BSUID,
  call,
  DAY,
  fake,
  NUMBER,
  PERSON,
  receiver,
  send,
  statuses,
  time,
  useFake,
  values,
  whatsApp,
} from './fake.js';

useFake();

describe('WhatsApp: what is refused', () => {
  const long = 'x'.repeat(4097);
  const buttons = (count: number): unknown =>
    Array.from({ length: count }, (_, n) => ({ type: 'reply', reply: { id: `b${n}`, title: `Button ${n}` } }));
  const interactive = (count: number): Record<string, unknown> => ({
    type: 'interactive',
    interactive: { type: 'button', body: { text: 'Choose' }, action: { buttons: buttons(count) } },
  });
  const template = { type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } };

  const cases: readonly [string, Record<string, unknown>, Partial<Behaviour>, number, number][] = [
    ['no recipient at all', { to: undefined }, {}, 400, 131008],
    ['a recipient that is no BSUID', { to: undefined, recipient: '491555' }, {}, 400, 131009],
    ['a number of letters', { to: 'alice' }, {}, 400, 131009],
    ['an unknown type', { type: 'hologram' }, {}, 400, 100],
    ['a text without a body', { text: {} }, {}, 400, 131008],
    ['an empty text', { text: { body: ' ' } }, {}, 400, 100],
    ['a text of 4097 characters', { text: { body: long } }, {}, 400, 100],
    ['media without id or link', { type: 'image', image: { caption: 'x' } }, {}, 400, 131008],
    ['four buttons', interactive(4), {}, 400, 131009],
    ['a person nobody knows', {}, { unknownRecipients: [PERSON] }, 400, 131026],
    ['a person outside the list of an app in development', {}, { allowedRecipients: [] }, 400, 131030],
    ['a template that does not exist', template, { templates: [] }, 404, 132001],
    [
      'marketing to somebody who stopped it',
      template,
      { templates: [{ name: 'hello_world', language: 'en_US', category: 'MARKETING' }], optedOut: [PERSON] },
      400,
      131050,
    ],
    [
      'an authentication template to a BSUID',
      { ...template, to: undefined, recipient: BSUID },
      { templates: [{ name: 'hello_world', language: 'en_US', category: 'AUTHENTICATION' }] },
      400,
      131062,
    ],
    ['somebody who never wrote, window strict', {}, { window: 'strict' }, 400, 131047],
    ['a fault by its code', {}, { faults: [{ kind: 'error', code: 131000 }] }, 500, 131000],
  ];

  it.each(cases)('%s', async (_name, change, behaviour, status, code) => {
    fake.control.set(behaviour);
    const answer = await send(change);
    expect([answer.status, answer.json.error?.code]).toEqual([status, code]);
    expect(answer.json.error?.error_data).toMatchObject({ messaging_product: 'whatsapp' });
    expect(statuses()).toEqual([]);
  });

  it('three buttons and 4096 characters are still accepted', async () => {
    expect((await send(interactive(3))).status).toBe(200);
    expect((await send({ text: { body: 'x'.repeat(4096) } })).status).toBe(200);
  });

  it.each([[null], ['expired']])('the token %p gets 190 with 401', async (token) => {
    fake.control.set({ tokens: ['EAAG-token'] });
    const answer = await call('POST', `/${NUMBER}/messages`, { body: whatsApp(), token });
    expect([answer.status, answer.json.error?.code]).toEqual([401, 190]);
  });

  it('the window closes 24 h after the last message, but not for templates', async () => {
    fake.control.lastInbound(NUMBER, PERSON, time.now - DAY);
    expect((await send()).json.error?.code).toBe(131047);
    expect((await send(template)).status).toBe(200);
    fake.control.lastInbound(NUMBER, PERSON, time.now - DAY + 1000);
    expect((await send()).status).toBe(200);
  });

  it('limits a number by the second and a pair by burst and pace', async () => {
    fake.control.set({ perSecond: 3, pair: { burst: 2, everyMs: 6000 } });
    expect((await send()).status).toBe(200);
    expect((await send()).status).toBe(200);
    expect((await send()).json.error?.code).toBe(131056);
    time.now += 1000;
    const others = await Promise.all([2, 3, 4, 5].map((n) => send({ to: `491555000000${n}` })));
    expect(others.map((answer) => answer.json.error?.code ?? answer.status)).toEqual([200, 200, 200, 130429]);
    time.now += 5000;
    expect((await send()).status).toBe(200);
  });
});

describe('WhatsApp: what is accepted', () => {
  it('addresses a person by number or by BSUID, and says which', async () => {
    expect((await send()).json.contacts).toEqual([{ input: PERSON, wa_id: PERSON }]);
    const answer = await send({ to: undefined, recipient: BSUID });
    expect(answer.json.contacts).toEqual([{ input: BSUID, user_id: BSUID }]);
  });

  it('takes a BSUID in `to` with 200 and an id, and drops it silently', async () => {
    const answer = await send({ to: BSUID });
    expect([answer.status, typeof answer.json.messages?.[0]?.id]).toEqual([200, 'string']);
    await fake.control.idle();
    expect(statuses()).toEqual([]);
    expect(fake.calls.at(-1)?.note).toContain('dropped');
  });

  it('marks as read and shows typing, only for a message id', async () => {
    const read = { messaging_product: 'whatsapp', status: 'read', typing_indicator: { type: 'text' } };
    const good = await call('POST', `/${NUMBER}/messages`, { body: { ...read, message_id: 'wamid.HBgN' } });
    expect(good.json).toEqual({ success: true });
    const bad = await call('POST', `/${NUMBER}/messages`, { body: { ...read, message_id: '1' } });
    expect(bad.json.error?.code).toBe(131009);
  });
});

describe('WhatsApp: statuses', () => {
  const order: readonly [StatusOrder, readonly string[]][] = [
    ['normal', ['sent', 'delivered', 'read']],
    ['early', ['sent', 'delivered', 'read']],
    ['twice', ['sent', 'sent', 'delivered', 'delivered', 'read', 'read']],
    ['none', []],
  ];
  it.each(order)('%s', async (statusOrder, expected) => {
    fake.control.set({ statuses: statusOrder, statusDelayMs: 250 });
    const answer = await send({ biz_opaque_callback_data: 'ours-1' });
    const before = statuses().length;
    await fake.control.idle();
    expect(statuses().map((status) => status.status)).toEqual(expected);
    expect(before).toBe(statusOrder === 'early' ? 3 : 0);
    const id = answer.json.messages?.[0]?.id;
    for (const status of statuses()) {
      expect(status).toMatchObject({ id, recipient_id: PERSON, biz_opaque_callback_data: 'ours-1' });
    }
    for (const value of values())
      expect(value.contacts).toMatchObject([{ wa_id: PERSON, user_id: expect.any(String) }]);
  });

  it('shuffled: the same seed gives the same order, another seed another', async () => {
    const seen = async (seed: number): Promise<string> => {
      receiver.hooks.length = 0;
      fake.control.set({ statuses: 'shuffled', seed, statusDelayMs: 80 });
      await send();
      await fake.control.idle();
      return statuses()
        .map((status) => status.status)
        .join();
    };
    const orders = [await seen(3), await seen(3), await seen(1), await seen(2)];
    expect(orders[0]).toBe(orders[1]);
    expect(new Set(orders).size).toBeGreaterThan(1);
  });

  it('a late error is accepted first and fails by status, without contacts', async () => {
    fake.control.set({ unknownRecipients: [PERSON], lateErrors: [131026] });
    expect((await send()).status).toBe(200);
    await fake.control.idle();
    expect(statuses()).toMatchObject([{ status: 'failed', errors: [{ code: 131026 }] }]);
    expect(values()[0]?.contacts).toBeUndefined();
  });

  it('hides numbers where people hide them', async () => {
    fake.control.set({ hideNumbers: true });
    await send();
    await fake.control.idle();
    expect(statuses()).toHaveLength(3);
    expect(receiver.hooks.map((hook) => hook.raw).join()).not.toContain(`"recipient_id":"${PERSON}"`);
  });
});
