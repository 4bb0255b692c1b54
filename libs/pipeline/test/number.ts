// A WhatsApp number of a tenant of the line: what Meta would post about it, taken in without HTTP.
import { whatsApp, type WhatsAppPerson } from '../../../test/support/webhooks.js';
import type { Change, Line } from './line.js';

const ACCOUNT = '106000000000001';
const PORTFOLIO = '102000000000001';

/** Instructions under which people of the number are found by user id and by number, and nothing else of them is kept. */
export const withNumber: Change = (d) =>
  void ((d['channels'] as unknown as Record<string, unknown>)['whatsapp-cloud'] = {
    identifiers: { user_id: 'keep', wa_id: 'keep' },
  });

type Message = Readonly<Record<string, unknown>>;

const bodyOf = (from: WhatsAppPerson, messages: readonly Message[]) =>
  whatsApp(ACCOUNT, from, messages) as {
    entry: { changes: { value: { contacts: Record<string, unknown>[]; messages: Record<string, unknown>[] } }[] }[];
  };

/** The same of somebody whose number is not shown. */
function withoutNumbers(body: ReturnType<typeof bodyOf>): unknown {
  for (const { value } of body.entry.flatMap(({ changes }) => changes)) {
    for (const contact of value.contacts) delete contact['wa_id'];
    for (const message of value.messages) delete message['from'];
  }
  return body;
}

export async function startNumber(line: Line, t: Awaited<ReturnType<Line['tenant']>>) {
  const made = {
    channel: 'whatsapp-cloud',
    name: 'Number',
    account: ACCOUNT,
    portfolio: PORTFOLIO,
    settings: { phoneNumberId: ACCOUNT, businessAccountId: PORTFOLIO },
    secrets: { accessToken: 'EAAG', appSecret: 'secret', verifyToken: 'verify' },
    health: 'healthy',
    reason: null,
  };
  const { id } = await line.store.createConnection(t.id, made, t.keys);
  await line.tenants.changed(t.id);
  async function taken(payload: unknown): Promise<readonly string[]> {
    const connection = (await line.tenants.connection(id))!;
    return [...(await line.intake.session(connection, payload, new Map())).fresh];
  }
  return {
    id,
    /** @returns the same, of somebody whose number is not shown */
    postsUnnumbered: (user: string, ...messages: readonly Message[]): Promise<readonly string[]> =>
      taken(withoutNumbers(bodyOf({ phone: '0', user }, messages))),
    /** The platform says that a person's user id changed. */
    changes: (previous: string, current: string): Promise<readonly string[]> => {
      const body = bodyOf({ phone: '0', user: previous }, [
        { type: 'system', system: { type: 'user_changed_user_id', user_id: current, previous_user_id: previous } },
      ]);
      for (const { value } of body.entry.flatMap(({ changes }) => changes)) value.contacts = [];
      return taken(withoutNumbers(body));
    },
    /** @returns ids of the messages that were not there already */
    posts: (from: WhatsAppPerson, ...messages: readonly Message[]): Promise<readonly string[]> =>
      taken(bodyOf(from, messages)),
  };
}
