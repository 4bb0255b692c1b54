// A purpose that may collect and disclose but not store: what people say reaches its recipient, and is gone once it did.
import { wamid, whatsAppText } from '../../../test/support/webhooks.js';
import type { Change, Line } from './line.js';
import { startLineToMeta, startNumber, withNumber } from './number.js';

const { line } = await startLineToMeta();
const told: string[] = [];
beforeEach(() => {
  told.length = 0;
  line.bot.answer(({ body }) => {
    const { text = '', attachments = [] } = (body as unknown as { message: { text?: string; attachments?: unknown[] } }).message;
    told.push(`${text}/${attachments.length}`);
    return { body: { messages: [{ type: 'text', text: 'our answer' }] } };
  });
}); // prettier-ignore

/** Who writes is stored, so that we can answer; what they write is not. */
const passing =
  (operations: readonly string[] = ['collect', 'disclose'], more: object = {}): Change =>
  (d) => {
    const { recipients } = d as unknown as { recipients: Record<string, object> };
    Object.assign(d, {
      purposes: {
        answering: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing'] },
        support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['content', 'attachments'], operations },
      },
      channels: { web: { identifiers: { visitor_id: 'keep' } } },
      recipients: { bot: { ...recipients['bot'], purposes: ['support'] } },
      ...more,
    });
  };
const PICTURE = [{ mime: 'image/png', name: 'me.png', bytes: Buffer.from('a picture') }];
const all = async (t: Awaited<ReturnType<Line['tenant']>>): Promise<string> => JSON.stringify(await t.held());
const files = async (t: Awaited<ReturnType<Line['tenant']>>): Promise<number> =>
  (await t.query('SELECT 1 FROM parley.attachment WHERE tenant_id = $1')).length;
const TEXT = 'words, and ada@example.org';

it('words and files are delivered once, and nothing of them stays: no body, no file, no token', async () => {
  const t = await line.tenant(passing());
  const anna = t.visitor();
  await anna.says({ text: TEXT });
  await anna.says({ text: 'a caption' }, { files: PICTURE });
  expect(await all(t)).toMatch(/words, and/);
  await line.work();
  expect(told).toEqual(['words, and [email:1]/0', expect.stringContaining('/1')]);
  expect(await all(t)).not.toMatch(/words|ada@|caption|me\.png/);
  expect(await files(t)).toBe(0);
  expect(await t.query('SELECT 1 FROM parley.conversation WHERE tenant_id = $1 AND tokens IS NOT NULL')).toEqual([]);
  expect((await t.rows()).filter(({ direction }) => direction === 'in').map(({ state }) => state)).toEqual(['done', 'done']);
  const leaves = await t.query<{ leaf: { recipients: string[] } }>(`SELECT leaf FROM parley.ledger_leaf WHERE tenant_id = $1 AND leaf->>'type' = 'disclosure'`);
  expect(leaves.map(({ leaf }) => leaf.recipients)).toEqual([['bot'], ['bot']]);
}); // prettier-ignore

it('is held, sealed, while its recipient cannot be reached, and delivered then', async () => {
  const t = await line.tenant(passing());
  const answers: { status: number }[] = [{ status: 503 }];
  line.bot.answer(({ body }) => {
    told.push((body as unknown as { message: { text: string } }).message.text);
    return answers.pop() ?? { body: { messages: [] } };
  });
  await t.visitor().says({ text: TEXT });
  await line.work();
  expect(await all(t)).toMatch(/words, and/);
  expect((await t.rows())[0]!.body!.toString('latin1')).not.toContain('words');
  await line.admin.query('UPDATE parley.conversation SET not_before = NULL WHERE tenant_id = $1', [t.id]);
  await line.workOn(t.id);
  expect(told).toHaveLength(2);
  expect(await all(t)).not.toMatch(/words/);
});

it('a laxer version that comes before the delivery does not make it stay', async () => {
  const t = await line.tenant(passing());
  await t.visitor().says({ text: TEXT }, { files: PICTURE });
  await t.approve(passing(['collect', 'store', 'disclose']));
  await line.work();
  expect(told).toHaveLength(1);
  expect(await all(t)).not.toMatch(/words/);
  expect(await files(t)).toBe(0);
});

it('a version that only passes on takes what was stored before, and leaves what still waits to be delivered', async () => {
  const t = await line.tenant(passing(['collect', 'store', 'disclose']));
  const [anna, ben] = [t.visitor(), t.visitor()];
  await anna.says({ text: 'delivered' }, { files: PICTURE });
  await line.work();
  await ben.says({ text: 'waiting' }, { files: PICTURE });
  const version = await t.approve(passing());
  expect((await line.applied(t.id, version)).stricter).toEqual([
    '/purposes?data=content',
    '/purposes?data=attachments',
  ]);
  expect(await all(t)).toMatch(/waiting/);
  expect(await all(t)).not.toMatch(/delivered/);
  expect(await files(t)).toBe(1);
  await line.work();
  expect(told.at(-1)).toBe('waiting/1');
  expect(await all(t)).not.toMatch(/waiting/);
});

it('without disclosing it reaches nobody, and is not held either', async () => {
  const t = await line.tenant(passing(['collect']));
  await t.visitor().says({ text: TEXT });
  expect(await all(t)).not.toMatch(/words/);
  await line.work();
  expect(told.join()).not.toMatch(/words/);
});

it('an edit of what waits for consent is what is passed on, and nothing of either stays', async () => {
  const t = await line.tenant((d) => {
    passing()(d);
    const { purposes } = d as unknown as { purposes: { support: object } };
    Object.assign(purposes.support, { basis: 'A6-1-a', consent: 'ask' });
    Object.assign(d, { texts: { ask: { version: '1', en: 'May we pass it on?', accept: { en: ['yes'] }, refuse: { en: ['no'] } } } }); // prettier-ignore
    withNumber(d);
  });
  const number = await startNumber(line, t);
  const person = { phone: '4915550000001', user: 'DE.1000000000000001' };
  const id = wamid(person.phone);
  await number.posts(person, whatsAppText('the first wording', { id }));
  await line.work();
  const message = { type: 'text', text: { body: 'the second wording' } };
  await number.posts(person, { type: 'edit', edit: { original_message_id: id, message } });
  await line.work();
  await number.posts(person, whatsAppText('yes'));
  await line.work();
  expect(told).toContain('the second wording/0');
  expect(told.join()).not.toContain('first');
  expect(await all(t)).not.toMatch(/wording/);
});
