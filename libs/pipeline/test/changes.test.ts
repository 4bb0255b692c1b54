// Edits and revokes, whenever they come: before their message, with it, after it was answered, twice.
import { wamid, whatsAppText } from '../../../test/support/webhooks.js';
import { startLine, type Line } from './line.js';
import { startNumber, withNumber } from './number.js';

let line: Line;
beforeAll(async () => void (line = await startLine()));
afterAll(() => line.stop());
beforeEach(() => void (line.bot.asked.length = 0));

const SECRET = 'my PIN is 1234';
let people = 0;

async function conversation() {
  const t = await line.tenant(withNumber);
  const number = await startNumber(line, t);
  const n = String(++people).padStart(6, '0');
  const person = { phone: `4915550${n}`, user: `DE.10000000${n}` };
  const id = wamid(person.phone);
  return {
    t,
    id,
    number,
    person,
    says: (text: string, at = id) => number.posts(person, whatsAppText(text, { id: at })),
    edits: (text: string, at = id) =>
      number.posts(person, {
        type: 'edit',
        edit: { original_message_id: at, message: { type: 'text', text: { body: text } } },
      }),
    revokes: (at = id) => number.posts(person, { type: 'revoke', revoke: { original_message_id: at } }),
  };
}

interface Heard {
  readonly event: string;
  readonly message: { readonly id: string; readonly text: string | null; readonly target?: string };
}
const heard = (): readonly Heard[] => line.bot.asked.map(({ body }) => body as unknown as Heard);
const told = (): unknown[] => heard().map(({ event, message }) => [event, message.text]);

type Talk = Awaited<ReturnType<typeof conversation>>;
const texts = async ({ t }: Talk): Promise<unknown[]> =>
  (await t.held()).map((body) => (body?.content?.type === 'text' ? body.content.text : null));

describe('what staff wrote on the phone', () => {
  const [FIRST, SECOND] = ['your key is under the mat', 'your key is with the neighbour'];
  const edit = (at: string, body: string) => ({
    type: 'edit',
    edit: { original_message_id: at, message: { type: 'text', text: { body } } },
  });
  const revoke = (at: string) => ({ type: 'revoke', revoke: { original_message_id: at } });

  async function phone() {
    const talk = await conversation();
    const does = (message: object) => talk.number.staff(talk.person, message as Record<string, unknown>);
    const writes = (text: string) => does(whatsAppText(text, { id: talk.id }));
    const shown = async () =>
      (await talk.t.shown('out')).map(
        (body) => (body as { content?: { text?: string } } | null)?.content?.text ?? null,
      );
    return { ...talk, does, writes, shown };
  }

  it('is reworded by an edit, and nobody is told', async () => {
    const talk = await phone();
    await talk.writes(FIRST);
    await talk.does(edit(talk.id, SECOND));
    await line.work();
    expect(await talk.shown()).toEqual([SECOND, SECOND]);
    expect((await talk.t.rows()).map(({ direction, state }) => `${direction} ${state}`)).toEqual([
      'out sent',
      'out sent',
    ]);
    expect(line.bot.asked).toEqual([]);
  });

  it.each(['before', 'after'])(
    'is gone when it is taken back, with all its wordings; the edit comes %s',
    async (when) => {
      const talk = await phone();
      await talk.writes(FIRST);
      if (when === 'before') await talk.does(edit(talk.id, SECOND));
      await talk.does(revoke(talk.id));
      await line.work();
      if (when === 'after') await talk.does(edit(talk.id, SECOND));
      await line.work();
      expect(await talk.shown()).not.toContain(FIRST);
      expect(await talk.shown()).not.toContain(SECOND);
    },
  );

  it('is not stored when it was taken back before it came', async () => {
    const talk = await phone();
    await talk.does(revoke(talk.id));
    await line.work();
    expect(await talk.writes(FIRST)).toEqual([]);
  });

  it('is not touched by what the person does, nor the person’s words by staff', async () => {
    const talk = await phone();
    await talk.says(SECRET, wamid('4915550999999'));
    await talk.writes(FIRST);
    await talk.edits('something else');
    await talk.revokes();
    await line.work();
    expect((await talk.shown())[0]).toBe(FIRST);
    expect(await texts(talk)).toContain(SECRET);
  });
});

describe('a revoke', () => {
  it('that was worked on before its message comes: the message is not stored at all', async () => {
    const talk = await conversation();
    await talk.revokes();
    await line.work();
    expect(await talk.says(SECRET)).toEqual([]);
    await line.work();
    expect(told()).toEqual([['revoke', null]]);
    expect(heard()[0]!.message).not.toHaveProperty('target');
    expect(await texts(talk)).toEqual([null]);
  });

  it('that waits when its message comes: nobody hears of the message', async () => {
    const talk = await conversation();
    await talk.revokes();
    const [message] = await talk.says(SECRET);
    await line.work();
    expect(told()).toEqual([['revoke', null]]);
    expect(heard()[0]!.message.target).toBe(message);
    expect(await texts(talk)).toEqual([null, null]);
    expect((await talk.t.rows()).map(({ state }) => state)).toEqual(['done', 'done']);
  });

  it('takes every wording of its message along', async () => {
    const talk = await conversation();
    await talk.says('my PIN is 12');
    await talk.edits(SECRET);
    await line.work();
    await talk.revokes();
    await line.work();
    expect(await texts(talk)).toEqual([null, null, null]);
    await talk.edits(SECRET);
    await line.work();
    expect((await texts(talk)).slice(0, 3)).toEqual([null, null, null]);
  });

  it('of what waits for consent or for the end of a restriction ends the waiting', async () => {
    const talk = await conversation();
    await talk.says(SECRET);
    await line.admin.query("UPDATE parley.message SET state = 'restricted' WHERE tenant_id = $1", [talk.t.id]);
    await talk.revokes();
    await line.work();
    expect((await talk.t.rows()).map(({ state, body }) => [state, body === null])).toEqual([
      ['done', true],
      ['done', false],
    ]);
  });

  it('takes the files along', async () => {
    const talk = await conversation();
    const [message] = await talk.says(SECRET);
    await line.work();
    await line.admin.query(
      `INSERT INTO parley.attachment (tenant_id, id, message_id, subject_id, media, mime, size, bytes, instruction_version, clause)
       SELECT tenant_id, gen_random_uuid(), $2, subject_id, 'image', 'image/png', 1, '\\x00', 1, '/c' FROM parley.conversation WHERE tenant_id = $1`,
      [talk.t.id, message],
    );
    await talk.revokes();
    await line.work();
    expect(await talk.t.query('SELECT id FROM parley.attachment WHERE tenant_id = $1')).toEqual([]);
  });
});

it.each(['posts', 'aside'] as const)(
  'what another app has by now is edited and taken back, whoever had it when it was written (%s)',
  async (written) => {
    const talk = await conversation();
    const { id, number, person } = talk;
    await number[written](person, whatsAppText('Thrsday', { id }));
    await line.work();
    line.bot.asked.length = 0;
    const message = { type: 'text', text: { body: 'Thursday' } };
    await number.aside(person, { type: 'edit', edit: { original_message_id: id, message } });
    await line.work();
    expect(await texts(talk)).toEqual(['Thursday', 'Thursday']);
    await number.aside(person, { type: 'revoke', revoke: { original_message_id: id } });
    await line.work();
    expect(await texts(talk)).toEqual([null, null, null]);
    expect(line.bot.asked).toEqual([]);
  },
);

describe('an edit', () => {
  it('that was worked on before its message comes is the message: the wording that it replaced is not stored', async () => {
    const talk = await conversation();
    await talk.edits('Thursday');
    await line.work();
    expect(await talk.says('Thrsday')).toEqual([]);
    await line.work();
    expect(told()).toEqual([['message', 'Thursday']]);
    expect(await texts(talk)).toEqual(['Thursday']);
    await talk.edits('Friday');
    await line.work();
    expect(heard()[1]).toMatchObject({ event: 'edit', message: { text: 'Friday', target: heard()[0]!.message.id } });
    expect(await texts(talk)).toEqual(['Friday', 'Friday']);
    await talk.revokes();
    await line.work();
    expect(await texts(talk)).toEqual([null, null, null]);
  });

  it('that waits when its message comes: the message is heard as it reads now', async () => {
    const talk = await conversation();
    await talk.edits('Thursday');
    await talk.says('Thrsday');
    await line.work();
    expect(told()).toEqual([
      ['edit', 'Thursday'],
      ['message', 'Thursday'],
    ]);
    expect(await texts(talk)).toEqual(['Thursday', 'Thursday']);
  });

  it('brings nothing back that was not to be kept', async () => {
    const talk = await conversation();
    await talk.says('unwanted');
    await line.work();
    await line.admin.query(
      "UPDATE parley.message SET state = 'dropped', body = NULL WHERE tenant_id = $1 AND type = 'message'",
      [talk.t.id],
    );
    await talk.edits('unwanted again');
    await line.work();
    expect((await texts(talk))[0]).toBeNull();
  });
});
