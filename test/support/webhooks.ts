// Webhooks as Meta posts them: signed over the very bytes. The shapes that the journeys write in by hand.
import { createHmac, randomBytes } from 'node:crypto';
import { exchange, type Answer } from './gateway.js';

export const signatureOf = (raw: string | Buffer, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;

export const rawOf = (payload: unknown): string => (typeof payload === 'string' ? payload : JSON.stringify(payload));

export function postSigned(
  url: string,
  payload: unknown,
  { secret, headers = {} }: { readonly secret: string; readonly headers?: Readonly<Record<string, string>> },
): Promise<Answer> {
  const body = rawOf(payload);
  return exchange(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(body, secret), ...headers },
    body,
  });
}

const seconds = (): string => String(Math.floor(Date.now() / 1000));

/** As WhatsApp makes them: the number is in it, in base64. */
export const wamid = (phone: string): string =>
  `wamid.${Buffer.concat([Buffer.from([0x1d, 0x0b, phone.length]), Buffer.from(phone), randomBytes(20)]).toString('base64')}`;

export interface WhatsAppPerson {
  readonly phone: string;
  readonly user: string;
  readonly name?: string;
}

export function whatsApp(
  account: string,
  from: WhatsAppPerson,
  messages: readonly Readonly<Record<string, unknown>>[],
): unknown {
  return {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '102000000000001',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '15550783881', phone_number_id: account },
              contacts: [{ profile: { name: from.name ?? 'Test Person' }, wa_id: from.phone, user_id: from.user }],
              messages: messages.map((message) => ({
                from: from.phone,
                from_user_id: from.user,
                id: wamid(from.phone),
                timestamp: seconds(),
                ...message,
              })),
            },
          },
        ],
      },
    ],
  };
}

export const whatsAppText = (text: string, more: Readonly<Record<string, unknown>> = {}) => ({
  type: 'text',
  text: { body: text },
  ...more,
});

export const mid = (): string => `m_${randomBytes(24).toString('base64url')}`;

export function messenger(account: string, psid: string, event: Readonly<Record<string, unknown>>): unknown {
  const now = Date.now();
  return {
    object: 'page',
    entry: [
      {
        id: account,
        time: now,
        messaging: [{ sender: { id: psid }, recipient: { id: account }, timestamp: now, ...event }],
      },
    ],
  };
}

export const igMid = (): string => `aWdf${randomBytes(24).toString('base64url')}`;

export function instagram(account: string, igsid: string, event: Readonly<Record<string, unknown>>): unknown {
  return { ...(messenger(account, igsid, event) as object), object: 'instagram' };
}

export const instagramText = (text: string, id = igMid()) => ({ message: { mid: id, text } });

export const messengerText = (text: string, id = mid()) => ({ message: { mid: id, text } });
