// Every identifier kind of every channel, with a canary in it, through the doors that platforms and browsers use.
import { request } from 'node:http';
import { CHANNELS, type ChannelAdapter } from '#libs/channels';
import { casesOf } from '../cases/files.js';
import type { Acme } from '../support/acme.js';
import { connectInstagram } from '../support/instagram.js';
import { visit, type Visitor } from '../support/web-chat.js';
import { postSigned } from '../support/webhooks.js';
import { MARKS, withKinds } from './kinds.js';

interface WebTransport {
  readonly userAgent?: string;
  readonly acceptLanguage?: string;
  readonly referer?: string;
  readonly clientHints?: Readonly<Record<string, string>>;
}

/** Accounts in the files of cases. */
const isAccount = (value: string): boolean => /^10[0-9]0{9,12}1$/.test(value);

/** The tenant's own account in place of the one that the case names. */
function withAccount(value: unknown, account: string): unknown {
  if (typeof value === 'string') return isAccount(value) ? account : value;
  if (Array.isArray(value)) return value.map((one) => withAccount(one, account));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withAccount(one, account)]));
}

const adapterOf = (channel: string): ChannelAdapter => CHANNELS.find(({ manifest }) => manifest.channel === channel)!;

/** An activity from an address of its own: the loopback network has many. */
const fromAddress = (localAddress: string, url: string, { conversationId, token }: Visitor): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const at = `${url}/v3/directline/conversations/${conversationId}/activities`;
    const asking = request(at, { method: 'POST', localAddress, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    asking.on('error', reject);
    asking.end(JSON.stringify({ type: 'message', text: MARKS.digits }));
  }); // prettier-ignore

const posted = (answer: Promise<{ readonly status: number }>): Promise<number> =>
  answer.then(({ status }) => status, () => 0); // prettier-ignore

/** What was planted, as `channel/key`, and how each request was answered. */
export interface Sent {
  readonly planted: ReadonlySet<string>;
  readonly statuses: readonly number[];
}

export async function sendEveryKind(url: string, tenant: Acme): Promise<Sent> {
  const planted = new Set<string>();
  const statuses: number[] = [];
  const account = await connectInstagram(url, tenant);
  const doors = [
    { channel: 'instagram', door: account.url, account: account.accountId },
    { channel: 'whatsapp-cloud', door: tenant.whatsApp, account: tenant.phoneNumberId },
    { channel: 'messenger', door: tenant.messenger, account: tenant.pageId },
  ];
  for (const { channel, door, account } of doors)
    for (const one of casesOf(channel)) {
      const { payload, kinds } = withKinds(adapterOf(channel), one.payload, isAccount);
      for (const kind of kinds) planted.add(kind);
      statuses.push(await posted(postSigned(door, withAccount(payload, account), tenant)));
    }
  for (const one of casesOf('web')) {
    const { payload, kinds } = withKinds(adapterOf('web'), one.payload, () => false);
    for (const kind of kinds) planted.add(kind);
    const { activity, transport, visitorId } = payload as { activity?: object; transport?: WebTransport; visitorId?: string }; // prettier-ignore
    const headers = {
      'user-agent': transport?.userAgent ?? MARKS.letters,
      'accept-language': transport?.acceptLanguage ?? `de-x-${MARKS.letters}`,
      referer: transport?.referer ?? `https://canary.example/${MARKS.letters}`,
      ...transport?.clientHints,
    };
    const visitor = await visit(url, tenant.siteKey, { user: `dl_${MARKS.letters}_${visitorId ?? ''}`, headers });
    const file = new File([`%PDF ${MARKS.digits}`], `${MARKS.letters}.pdf`, { type: 'application/pdf' });
    statuses.push(
      await posted(visitor.post({ ...activity })),
      await posted(visitor.upload({ type: 'message', text: MARKS.letters }, [file])),
      await fromAddress(MARKS.address, url, visitor),
    );
  }
  return { planted, statuses };
}
