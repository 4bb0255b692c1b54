// A WhatsApp number of a tenant of the line: what Meta would post about it, taken in without HTTP.
import { wamid, whatsApp, type WhatsAppPerson } from '../../../test/support/webhooks.js';
import { startEndpoint } from './endpoint.js';
import { startLine, type Change, type Line } from './line.js';

const ACCOUNT = '106000000000001';
const PORTFOLIO = '102000000000001';

/** Instructions under which people of the number are found by user id and by number, and nothing else of them is kept. */
export const withNumber: Change = (d) =>
  void ((d['channels'] as unknown as Record<string, unknown>)['whatsapp-cloud'] = {
    identifiers: { user_id: 'keep', wa_id: 'keep' },
  });

/** The line of a test file, and a Meta that takes what is sent there. */
export async function startLineToMeta() {
  const meta = await startEndpoint('');
  meta.answer(() => ({ body: { messages: [{ id: `wamid.${String(meta.asked.length)}` }] } }));
  const line = await startLine({ meta: meta.url });
  afterAll(async () => {
    await line.stop();
    await meta.close();
  });
  return { line, meta };
}

type Message = Record<string, unknown>;

interface Body {
  readonly entry: {
    id: string;
    changes: { field: string; value: Record<string, unknown> & Record<'contacts' | 'messages', Message[]> }[];
  }[];
}

/** The same of somebody whose number, or whose user id, is not shown. */
function without(kind: 'wa_id' | 'user_id', body: Body): Body {
  for (const { value } of body.entry.flatMap(({ changes }) => changes)) {
    for (const contact of value.contacts) delete contact[kind];
    for (const message of value.messages) delete message[kind === 'wa_id' ? 'from' : 'from_user_id'];
  }
  return body;
}

export async function startNumber(
  line: Line,
  t: Awaited<ReturnType<Line['tenant']>>,
  { account = ACCOUNT, portfolio = PORTFOLIO } = {},
) {
  const made = {
    channel: 'whatsapp-cloud',
    name: 'Number',
    account,
    portfolio,
    settings: { phoneNumberId: account, businessAccountId: portfolio },
    secrets: { accessToken: 'EAAG', appSecret: 'secret', verifyToken: 'verify' },
    health: 'healthy',
    reason: null,
  };
  const { id } = await line.store.createConnection(t.id, made, t.keys);
  await line.tenants.changed(t.id);
  const bodyOf = (from: WhatsAppPerson, messages: readonly Message[]) => whatsApp(account, from, messages) as Body;
  async function taken(payload: Body): Promise<readonly string[]> {
    for (const entry of payload.entry) entry.id = portfolio;
    const connection = (await line.tenants.connection(id))!;
    return [...(await line.intake.session(connection, payload, new Map())).fresh];
  }
  function tells(status: object): Promise<readonly string[]> {
    const body = bodyOf({ phone: '4915550000099', user: 'DE.9' }, []);
    for (const { value } of body.entry.flatMap(({ changes }) => changes))
      Object.assign(value, { contacts: [], statuses: [status] });
    return taken(body);
  }
  return {
    id,
    /** @returns the same, of somebody whose number is not shown */
    postsUnnumbered: (user: string, ...messages: readonly Message[]): Promise<readonly string[]> =>
      taken(without('wa_id', bodyOf({ phone: '0', user }, messages))),
    /** @returns the same, of somebody whose user id is not shown */
    postsNumberOnly: (phone: string, ...messages: readonly Message[]): Promise<readonly string[]> =>
      taken(without('user_id', bodyOf({ phone, user: 'DE.0' }, messages))),
    /** What many wrote, in one request. */
    postsOf: (people: readonly WhatsAppPerson[], message: Message): Promise<readonly string[]> => {
      const bodies = people.map((from) => bodyOf(from, [message]));
      return taken({ entry: bodies.flatMap(({ entry }) => entry) });
    },
    /** The person says on the platform that they want marketing, or none. */
    prefers: (
      { phone, user }: WhatsAppPerson,
      wish: 'stop' | 'resume',
      at = Date.now(),
    ): Promise<readonly string[]> => {
      const body = bodyOf({ phone, user }, []);
      const timestamp = Math.floor(at / 1000);
      for (const change of body.entry.flatMap(({ changes }) => changes)) {
        change.field = 'user_preferences';
        Object.assign(change.value, {
          user_preferences: [{ wa_id: phone, user_id: user, category: 'marketing_messages', value: wish, timestamp }],
        });
      }
      return taken(body);
    },
    /** The platform says of a message of ours that it failed, and by what code; at, in seconds. */
    fails: (code: number, at: number): Promise<readonly string[]> =>
      tells({ id: wamid('4915550000099'), status: 'failed', timestamp: String(at), errors: [{ code }] }),
    /** The platform says what became of a message of ours; at, in seconds. */
    tells: (id: string, status: string, at: number): Promise<readonly string[]> =>
      tells({ id, status, timestamp: String(at) }),
    /** Staff did something on the phone on which the number is, too. */
    staff: (to: WhatsAppPerson, message: Message): Promise<readonly string[]> => {
      const body = bodyOf(to, []);
      for (const change of body.entry.flatMap(({ changes }) => changes)) {
        change.field = 'smb_message_echoes';
        const { metadata } = change.value;
        const timestamp = String(Math.floor(Date.now() / 1000));
        const echo = { from: account, to: to.phone, to_user_id: to.user, id: wamid(to.phone), timestamp, ...message };
        change.value = {
          messaging_product: 'whatsapp',
          metadata,
          message_echoes: [echo],
        } as unknown as typeof change.value;
      }
      return taken(body);
    },
    /** The platform says that a person's user id changed. */
    changes: (previous: string, current: string): Promise<readonly string[]> => {
      const body = bodyOf({ phone: '0', user: previous }, [
        { type: 'system', system: { type: 'user_changed_user_id', user_id: current, previous_user_id: previous } },
      ]);
      for (const { value } of body.entry.flatMap(({ changes }) => changes)) value.contacts = [];
      return taken(without('wa_id', body));
    },
    /** The same while another app has the conversation. */
    aside: (from: WhatsAppPerson, ...messages: readonly Message[]): Promise<readonly string[]> => {
      const body = bodyOf(from, messages);
      for (const change of body.entry.flatMap(({ changes }) => changes)) change.field = 'standby';
      return taken(body);
    },
    /** @returns ids of the messages that were not there already */
    posts: (from: WhatsAppPerson, ...messages: readonly Message[]): Promise<readonly string[]> =>
      taken(bodyOf(from, messages)),
  };
}
