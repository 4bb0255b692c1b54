// A WhatsApp number of a tenant of the line: what Meta would post about it, taken in without HTTP.
import { whatsApp, type WhatsAppPerson } from '../../../test/support/webhooks.js';
import type { Change, Line } from './line.js';

const ACCOUNT = '106000000000001';
const PORTFOLIO = '102000000000001';

/** Instructions under which people of the number are found by user id and by number, and nothing else of them is kept. */
export const withNumber: Change = (d) =>
  void ((d['channels'] as Record<string, unknown>)['whatsapp-cloud'] = {
    identifiers: { user_id: 'keep', wa_id: 'keep' },
  });

type Message = Readonly<Record<string, unknown>>;

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
  return {
    id,
    /** @returns ids of the messages that were not there already */
    async posts(from: WhatsAppPerson, ...messages: readonly Message[]): Promise<readonly string[]> {
      const connection = (await line.tenants.connection(id))!;
      return [...(await line.intake.session(connection, whatsApp(ACCOUNT, from, messages), new Map())).fresh];
    },
  };
}
