// Free text on its way through the line: what is written to the table, what recipients get, and what a controller's own detector adds.
import { setTimeout as pause } from 'node:timers/promises';
import { startEndpoint, type Endpoint } from './endpoint.js';
import { startLine, type Change, type Line } from './line.js';

let line: Line;
let detector: Endpoint;
beforeAll(async () => {
  line = await startLine();
  detector = await startEndpoint('/detect');
});
afterAll(async () => {
  await detector.close();
  await line.stop();
});
beforeEach(async () => {
  await line.work();
  line.bot.asked.length = 0;
  detector.asked.length = 0;
  line.bot.answer(() => ({ body: { messages: [] } }));
});

const KINDS = { visitor_id: 'keep', flow_answers: 'keep', file_name: 'keep', geo: 'keep' };
const freeText =
  (rules: object, more: Change = () => undefined): Change =>
  (d) => {
    Object.assign(d, { freeText: rules, channels: { web: { identifiers: KINDS } } });
    more(d);
  };
const botTexts = (): unknown[] =>
  line.bot.asked.map(({ body }) => (body['message'] as unknown as { text: string }).text);
const json = (value: unknown): string => JSON.stringify(value);
const MAIL = 'ada@example.org';

describe('before it is stored', () => {
  it('nothing that is found is in the row, whatever carries it: text, form, file name, choice', async () => {
    const t = await line.tenant(freeText({ beforeStore: 'redact' }));
    const anna = t.visitor();
    await anna.says({ text: `write to ${MAIL}` });
    await anna.says({ value: { email: MAIL, note: 'IBAN DE89 3704 0044 0532 0130 00', count: 3 } });
    await anna.says({ text: MAIL, channelData: { postBack: true } });
    await anna.says({}, { files: [{ mime: 'image/png', name: `${MAIL} scan.png`, bytes: Buffer.from('x') }] });
    // Before a worker has seen any of it.
    expect(json(await t.held())).not.toMatch(/ada@|DE89|0532/);
    expect((await t.held())[0]!.content).toEqual({ type: 'text', text: 'write to [email]' });
    await line.work();
    expect(json([await t.held(), line.bot.asked])).not.toMatch(/ada@|DE89|0532/);
    expect(await t.query('SELECT 1 FROM parley.conversation WHERE tenant_id = $1 AND tokens IS NOT NULL')).toEqual([]);
  });

  it('redacted in the table, it is redacted for every recipient, also one that is to get it as it is', async () => {
    const t = await line.tenant(freeText({ beforeStore: 'redact', beforeRecipient: { bot: 'as-is' } }));
    await t.visitor().says({ text: MAIL });
    await line.work();
    expect(botTexts()).toEqual(['[email]']);
  });

  it('tokens are the same throughout a conversation, and lead back inside only', async () => {
    line.bot.answer(({ body }) => ({
      body: { messages: [{ type: 'text', text: `got ${(body['message'] as unknown as { text: string }).text}` }] },
    }));
    const t = await line.tenant(freeText({ beforeStore: 'tokenise' }));
    const anna = t.visitor();
    await anna.says({ text: `${MAIL} and ben@example.org` });
    await anna.says({ text: `ben@example.org again` });
    await line.work();
    const texts = (await t.held()).map((body) => (body!.content as { text: string }).text);
    expect(texts).toEqual(['[email:1] and [email:2]', '[email:2] again']);
    // The values have left the rows of the messages for the conversation's table.
    expect(json([await t.held(), await t.said()])).not.toContain('@example.org');
    expect(botTexts()).toEqual(texts);
    expect(json(await t.shown('in'))).toContain(`${MAIL} and ben@example.org`);
    expect(json(await t.shown('out'))).toContain(`got ${MAIL} and ben@example.org`);
  });

  it('tokens in the table do not keep it from a recipient that is to get it as it is', async () => {
    const t = await line.tenant(freeText({ beforeStore: 'tokenise', beforeRecipient: { bot: 'as-is' } }));
    await t.visitor().says({ text: MAIL });
    await line.work();
    expect(botTexts()).toEqual([MAIL]);
    expect(json(await t.held())).not.toContain('ada@');
  });

  it('what goes on in the next message is found there too', async () => {
    const t = await line.tenant(freeText({ beforeStore: 'redact' }));
    const anna = t.visitor();
    await anna.says({ text: 'max.muster' });
    await line.work();
    await anna.says({ text: '@gmx.de bitte' });
    await line.work();
    expect((await t.held()).map((body) => (body!.content as { text: string }).text)[1]).toBe('[email] bitte');
  });

  it('as it is, nothing is looked for while the platform waits, and the row holds the words', async () => {
    const t = await line.tenant(freeText({ beforeStore: 'as-is' }));
    await t.visitor().says({ text: MAIL });
    expect((await t.held())[0]).toEqual({ content: { type: 'text', text: MAIL }, identifiers: {} });
  });
});

describe("a controller's own detector", () => {
  const withDetector = (rules: object, change: object = {}): Change =>
    freeText(rules, (d) => {
      const { recipients } = d as unknown as { recipients: object };
      const own = {
        kind: 'detector',
        url: detector.url,
        country: 'DE',
        purposes: ['support'],
        data: ['content'],
        ...change,
      };
      Object.assign(d, { recipients: { ...recipients, pii: own } });
    });
  const finds = (word: string): void =>
    detector.answer(({ body }) => {
      const text = String(body['text']);
      const start = text.indexOf(word);
      return { body: { found: start < 0 ? [] : [{ kind: 'name', start, end: start + word.length }] } };
    });

  it('is asked before a recipient gets the text, and is on record as a recipient itself', async () => {
    finds('Zebulon');
    const t = await line.tenant(withDetector({ beforeStore: 'redact' }));
    await t.visitor().says({ text: `I am Zebulon, ${MAIL}` });
    await line.work();
    expect(botTexts()).toEqual(['I am [name], [email]']);
    // What is found after it was stored is taken out of the table with the end of its turn.
    expect((await t.held())[0]!.content).toEqual({ type: 'text', text: 'I am [name], [email]' });
    const disclosed = await t.query<{ recipient: string }>(
      'SELECT recipient, purpose, categories FROM parley.disclosure WHERE tenant_id = $1 ORDER BY 1',
    );
    expect(disclosed).toEqual([
      { recipient: 'bot', purpose: 'support', categories: ['content', 'attachments'] },
      { recipient: 'pii', purpose: 'support', categories: ['content'] },
    ]);
  });

  const DOWN: readonly (readonly [string, Parameters<Endpoint['answer']>[0]])[] = [
    ['is down', () => ({ status: 503 })],
    ['is too slow', () => ({ body: { found: [] }, after: pause(2_500) })],
    ['answers something else', () => ({ body: { found: [{ kind: 'name', start: 0, end: 9_999 }] } })],
  ];
  it.each(DOWN)('that %s: the text is withheld, not passed on unseen', async (_what, answer) => {
    detector.answer(answer);
    const t = await line.tenant(withDetector({}));
    await t.visitor().says({ text: 'I am Zebulon' });
    await line.work();
    expect(botTexts()).toEqual(['[withheld]']);
    expect((await t.held())[0]!.content).toEqual({ type: 'text', text: 'I am Zebulon' });
  });

  it('outside of its term, or without a purpose, it is not asked, and the text is withheld', async () => {
    finds('Zebulon');
    for (const change of [{ from: '2099-01-01' }, { data: ['attachments'] }]) {
      const t = await line.tenant(withDetector({}, change));
      await t.visitor().says({ text: 'I am Zebulon' });
      await line.work();
    }
    expect(detector.asked).toEqual([]);
    expect(botTexts()).toEqual(['[withheld]', '[withheld]']);
  });

  it('is given no text that it is not instructed to have, and what it did not see is withheld', async () => {
    finds('Zebulon');
    const sentOn = async (data: readonly string[]): Promise<unknown> => {
      detector.asked.length = 0;
      line.bot.asked.length = 0;
      const t = await line.tenant(withDetector({}, { data }));
      const files = [{ mime: 'image/png', name: 'Zebulon.png', bytes: Buffer.from('x') }];
      await t.visitor().says({ text: 'my scan' }, { files });
      await line.work();
      const message = JSON.stringify(line.bot.asked[0]!.body['message']);
      return [detector.asked.map(({ body }) => body['text']).toSorted(), new Set(message.match(/my scan|\[withheld\]/g))];
    };
    expect(await sentOn(['content'])).toEqual([[], new Set(['[withheld]'])]);
    expect(await sentOn(['content', 'attachments'])).toEqual([['Zebulon.png', 'my scan'], new Set(['my scan'])]);
  }); // prettier-ignore

  it('is not asked where everybody gets the text as it is', async () => {
    finds('Zebulon');
    const t = await line.tenant(withDetector({ beforeRecipient: { bot: 'as-is' } }));
    await t.visitor().says({ text: 'I am Zebulon' });
    await line.work();
    expect([detector.asked, botTexts()]).toEqual([[], ['I am Zebulon']]);
  });

  it('gets a key that was entered for it, and never the secret that signs', async () => {
    finds('Zebulon');
    const t = await line.tenant(withDetector({}));
    await t.visitor().says({ text: 'one' });
    await line.work();
    await line.store.setRecipientSecret(t.id, { recipient: 'pii', secret: 'model-key' }, t.keys);
    await line.tenants.changed(t.id);
    await t.visitor().says({ text: 'two' });
    await line.work();
    expect(detector.asked.map(({ headers }) => headers.authorization)).toEqual([undefined, 'Bearer model-key']);
  });
});

describe('what is only passed on', () => {
  const passing: Change = (d) => {
    Object.assign(d, {
      purposes: {
        support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content', 'attachments', 'network'] },
        fraud: { dpv: 'FraudPreventionAndDetection', basis: 'A6-1-f', data: ['network', 'content'] },
      },
      channels: {
        web: {
          identifiers: {
            visitor_id: 'keep',
            ip: { do: 'pass', purposes: ['fraud'] },
            flow_answers: { do: 'pass', purposes: ['fraud'] },
          },
        },
      },
      recipients: {
        bot: { kind: 'webhook', url: line.bot.url, purposes: ['support'], data: ['content'], identifiers: ['ip'] },
        check: { kind: 'webhook', url: line.bot.url, purposes: ['fraud'], data: ['content'], identifiers: ['ip'] },
      },
    });
  };
  const transport = { ip: '203.0.113.77' };

  it('reaches the recipients of the named purpose alone, and is gone with the delivery', async () => {
    const t = await line.tenant(passing);
    await t.visitor().says({ text: 'hello' }, { transport });
    expect((await t.held())[0]!.passing).toEqual({ ip: transport.ip });
    await line.work();
    expect(line.bot.asked.map(({ body }) => body['identifiers'])).toEqual([undefined, { ip: transport.ip }]);
    expect((await t.held())[0]).toEqual({ content: { type: 'text', text: 'hello' }, identifiers: {} });
  });

  it('so do parts of the content', async () => {
    const t = await line.tenant(passing);
    await t.visitor().says({ value: { answer: 'CANARY' } });
    await line.work();
    expect(line.bot.asked.map(({ body }) => json(body).includes('CANARY'))).toEqual([false, true]);
    expect(json(await t.held())).not.toContain('CANARY');
  });

  it('it waits for a recipient that is away, and goes when that has given up', async () => {
    const t = await line.tenant(passing);
    line.bot.answer(() => ({ status: 400 }));
    await t.visitor().says({ text: 'hello' }, { transport });
    await line.work();
    expect((await t.rows())[0]!.state).toBe('dead');
    expect((await t.held())[0]).not.toHaveProperty('passing');
  });

  it('nobody asks for it: then it is not even kept for the moment', async () => {
    const t = await line.tenant((d) => {
      passing(d);
      Object.assign(d, {
        recipients: { bot: { kind: 'webhook', url: line.bot.url, purposes: ['support'], data: ['content'] } },
      });
    });
    await t.visitor().says({ text: 'hello' }, { transport });
    expect((await t.held())[0]).not.toHaveProperty('passing');
  });
});
