// The fake as Instagram: what it tells it by, what it refuses, what follows a message that was taken.
import { call, DAY, events, fake, receiver, time, useFake } from './fake.js';

useFake();

const ACCOUNT = '17841400000000001';
const PAGE = '682498302938466';
const IGSID = '1784000000000001';

const send = (change: Record<string, unknown> = {}, from = ACCOUNT) =>
  call('POST', `/${from}/messages`, {
    body: { recipient: { id: IGSID }, messaging_type: 'RESPONSE', message: { text: 'hello' }, ...change },
  });
const wrote = () => fake.control.say({ account: ACCOUNT, from: { igsid: IGSID }, text: 'hi' });

it('somebody writes: the webhook of Instagram, with an id of its shape', async () => {
  const { id } = await wrote();
  expect(id).toMatch(/^aWdf/);
  expect(JSON.parse(receiver.hooks[0]!.raw)).toMatchObject({ object: 'instagram', entry: [{ id: ACCOUNT }] });
  expect(events()).toMatchObject([
    { sender: { id: IGSID }, recipient: { id: ACCOUNT }, message: { mid: id, text: 'hi' } },
  ]);
});

it('answers with ids, echoes what was sent without app or metadata, then tells which message was seen', async () => {
  await wrote();
  receiver.hooks.length = 0;
  const { json } = await send({ message: { text: 'hello', metadata: 'opaque-1' } });
  await fake.control.idle();
  expect(json).toEqual({ recipient_id: IGSID, message_id: expect.stringMatching(/^aWdf/) });
  expect(events()).toEqual([
    expect.objectContaining({
      sender: { id: ACCOUNT },
      message: { is_echo: true, mid: json['message_id'], text: 'hello' },
    }),
    expect.objectContaining({ sender: { id: IGSID }, read: { mid: json['message_id'] } }),
  ]);
});

it('a page sends to a person of Instagram in the name of the account', async () => {
  await wrote();
  receiver.hooks.length = 0;
  expect((await send({}, PAGE)).status).toBe(200);
  await fake.control.idle();
  expect(events()[0]).toMatchObject({ sender: { id: ACCOUNT }, recipient: { id: IGSID } });
});

it('an account that was read as one of Instagram is one, also to people whom the fake never heard', async () => {
  const other = '17841400000000002';
  expect((await send({}, other)).json['message_id']).toMatch(/^m_/);
  expect((await call('GET', `/${other}?fields=id,username`)).json).toEqual({ id: other, username: 'acme.example' });
  expect((await send({}, other)).json['message_id']).toMatch(/^aWdf/);
});

it.each([
  ['1001 bytes in fewer characters', { message: { text: 'ü'.repeat(501) } }, {}, 100, undefined],
  ['an unknown person', {}, { unknownRecipients: [IGSID] }, 100, 2534014],
  ['a tag that has ended', { messaging_type: 'MESSAGE_TAG', tag: 'ACCOUNT_UPDATE' }, {}, 100, undefined],
])('refuses %s', async (_name, change, behaviour, code, subcode) => {
  await wrote();
  fake.control.set(behaviour);
  const { json } = await send(change);
  expect([json.error?.code, json.error?.error_subcode]).toEqual([code, subcode]);
});

it('takes 1000 bytes', async () => {
  await wrote();
  expect((await send({ message: { text: 'ü'.repeat(500) } })).status).toBe(200);
});

it('a closed window is refused; a human agent may answer for seven days', async () => {
  await wrote();
  fake.control.lastInbound(ACCOUNT, IGSID, time.now - 6 * DAY);
  expect((await send()).json.error).toMatchObject({ code: 10, error_subcode: 2534022 });
  expect((await send({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' })).status).toBe(200);
  fake.control.lastInbound(ACCOUNT, IGSID, time.now - 8 * DAY);
  expect((await send({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' })).status).toBe(403);
});
