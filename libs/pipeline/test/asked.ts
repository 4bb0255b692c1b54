// People who are asked for consent on a WhatsApp number: what they say and press, and what becomes of it.
import { whatsAppText } from '../../../test/support/webhooks.js';
import type { Answer, Asked } from './endpoint.js';
import type { Change } from './line.js';
import { startNumber, type startLineToMeta } from './number.js';

export const QUESTION = 'May we send news?';
export const ANOTHER = 'May we ask what you think?';
const textOf = ({ body }: Asked): unknown => (body['message'] as unknown as { text: unknown }).text;

export interface Doc {
  purposes: Record<string, object>;
  recipients: Record<string, object>;
}
export const TEXT = { version: '1', en: QUESTION, accept: { en: ['yes'] }, refuse: { en: ['no'] } };
const NEWS = { dpv: 'DirectMarketing', basis: 'A6-1-a', consent: 'ask', data: ['routing', 'content'] };
const CHANNELS = {
  web: { identifiers: { visitor_id: 'keep' } },
  'whatsapp-cloud': { identifiers: { user_id: 'keep', wa_id: 'keep' } },
};
/** The bot answers everybody; news need consent. */
export const served: Change = (d) => {
  const { recipients } = d as unknown as Doc;
  Object.assign((d as unknown as Doc).purposes, { news: NEWS });
  Object.assign(recipients, { letters: { ...recipients['bot'], purposes: ['news'], data: ['content'] } });
  Object.assign(d, { channels: CHANNELS, texts: { ask: TEXT } });
};
/** Nothing but consent permits anything. */
export const unserved: Change = (d) => {
  const { recipients } = d as unknown as Doc;
  const only = { bot: { ...recipients['bot'], purposes: ['news'] } };
  Object.assign(d, { purposes: { news: NEWS }, channels: CHANNELS, texts: { ask: TEXT }, recipients: only });
};

/** Two that each need a consent of their own, each with a recipient of its own; and support, where it is asked for. */
export const twice =
  (of: { readonly served?: boolean; readonly first?: object; readonly second?: object } = {}): Change =>
  (d) => {
    const { purposes, recipients } = d as unknown as Doc;
    const { bot } = recipients;
    const texts = { ask: { ...TEXT, ...of.first }, ask2: { ...TEXT, en: ANOTHER, ...of.second } };
    const both = { news: NEWS, surveys: { ...NEWS, consent: 'ask2' } };
    const own = { news: { ...bot, purposes: ['news'], data: ['content'] }, surveys: { ...bot, purposes: ['surveys'], data: ['content'] } };
    Object.assign(d, { purposes: of.served ? { ...purposes, ...both } : both, recipients: of.served ? { bot, ...own } : own, channels: CHANNELS, texts });
  }; // prettier-ignore

type Pressed = 'yes' | 'no';

let people = 0;

/** Persons who are asked on a WhatsApp number, each of a business of their own. */
export function askedOn({ line, meta }: Awaited<ReturnType<typeof startLineToMeta>>) {
  return async function somebody(
    change: Change,
    answer: (asked: Asked) => Answer = () => ({ body: { messages: [] } }),
  ) {
    line.bot.answer(answer);
    line.bot.asked.length = 0;
    meta.asked.length = 0;
    line.exercised.length = 0;
    const t = await line.tenant(change);
    const number = await startNumber(line, t);
    const n = String((people += 1)).padStart(4, '0');
    const person = { phone: `491555100${n}`, user: `DE.300000000000${n}` };
    const taken = async (message: Readonly<Record<string, unknown>>, from = person): Promise<void> =>
      void (await number.posts(from, message));
    const posts = async (message: Readonly<Record<string, unknown>>, from = person): Promise<void> => {
      await taken(message, from);
      await line.work();
    };
    const press = (id: string, title: string) =>
      ({ type: 'interactive', interactive: { type: 'button_reply', button_reply: { id, title } } }); // prettier-ignore
    /** The buttons of all questions that went out, the newest last. */
    const buttons = (answer: Pressed): string[] =>
      meta.asked.flatMap(
        ({ body }) => JSON.stringify(body).match(new RegExp(`consent:ask:[^":]*:${answer}:[^"]*(?=")`, 'g')) ?? [],
      );
    /** The button of the question that went out last. */
    const last = (answer: Pressed) => press(buttons(answer).at(-1)!, answer);
    const consents = () =>
      t.query<{ state: string; message_id: string | null }>('SELECT state, message_id FROM parley.consent_event WHERE tenant_id = $1 ORDER BY id'); // prettier-ignore
    return {
      t,
      says: (text: string, more: object = {}) => posts(whatsAppText(text, { ...more })),
      presses: (id: string, title: string) => posts(press(id, title)),
      /** Somebody else writes to the same number. */
      other: (text: string) => posts(whatsAppText(text), { phone: `491555200${n}`, user: `DE.400000000000${n}` }),
      /** They have another user id, under which they write before the notice of it: two subjects, one person. */
      changesId: async (): Promise<void> => {
        const user = `DE.500000000000${n}`;
        await number.postsUnnumbered(user, whatsAppText('me again'));
        await number.changes(person.user, user);
        person.user = user;
        await line.work();
      },
      buttons,
      answers: (answer: Pressed) => posts(last(answer)),
      /** The button was pressed; nobody is at work on it yet. */
      taken: (answer: Pressed) => taken(last(answer)),
      staff: async (text: string): Promise<void> => {
        await number.staff(person, whatsAppText(text));
        await line.work();
      },
      consents,
      states: async () => (await consents()).map(({ state }) => state),
      /** The question was asked so long ago. */
      ago: (period: string) =>
        line.admin.query('UPDATE parley.consent_event SET at = at - $2::interval WHERE tenant_id = $1', [t.id, period]),
      /** What the bot heard of the person, each once. */
      heard: () => [...new Set(line.bot.asked.map(textOf))],
      /** Which recipients were told which words. */
      told: () =>
        line.bot.asked.map(
          (one) => `${(one.body['instructions'] as unknown as { clause: string }).clause} ${String(textOf(one))}`,
        ),
      /** What waits, or is kept, of what the person said. */
      words: async () => (await t.held()).map((body) => (body?.content?.type === 'text' ? body.content.text : null)),
      waiting: async () =>
        (
          await t.query<{ waiting: string[] }>(
            `SELECT waiting FROM parley.message WHERE tenant_id = $1 AND state = 'held'`,
          )
        ).map(({ waiting }) => waiting.toSorted()),
      /** How often the question went out. */
      questions: (which = QUESTION) => meta.asked.filter(({ body }) => JSON.stringify(body).includes(which)).length,
      /** The platform's id of the last message that says this. */
      idOf: (text: string) => {
        const at = meta.asked.findLastIndex(({ body }) => JSON.stringify(body).includes(text));
        return `wamid.${String(at + 1)}`;
      },
      rights: () => line.exercised,
      /** Do they hear no marketing any more? */
      stopped: async () =>
        (await t.query('SELECT FROM parley.subject WHERE tenant_id = $1 AND marketing_stopped_at IS NOT NULL')).length >
        0,
    };
  };
}

/** A bot that asks back once. */
export const deliver = (asked: Asked): Answer => {
  const ours = textOf(asked) === 'order 12' ? [{ type: 'text', text: 'Deliver on Monday?' }] : [];
  return { body: { messages: ours } };
};
