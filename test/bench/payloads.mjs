// WhatsApp webhooks as Meta sends them, signed, as whole HTTP requests in bytes: nothing is left to do while the clock runs.
import { createHmac, randomBytes } from 'node:crypto';

export const phoneOf = (person) => `49155${String(50_000_000 + person)}`;

/** A message id in the real shape: base64 around the person's number. */
export const wamid = (phone) =>
  `wamid.${Buffer.concat([Buffer.from([0x1d, 0x0b, phone.length]), Buffer.from(phone), Buffer.from([0x15, 0x02, 0x00, 0x12, 0x18]), randomBytes(16)]).toString('base64')}`;

export function whatsAppText({ account, person, text }) {
  const phone = phoneOf(person);
  const user = `DE.${10_000_000_000_000 + person}`;
  return {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '102290129340398',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '15550783881', phone_number_id: account },
              contacts: [{ profile: { name: 'Test Person' }, wa_id: phone, user_id: user }],
              messages: [
                {
                  from: phone,
                  from_user_id: user,
                  id: wamid(phone),
                  timestamp: String(Math.floor(Date.now() / 1000)),
                  type: 'text',
                  text: { body: text },
                },
              ],
            },
          },
        ],
      },
    ],
  };
}

export const sign = (body, secret) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** One POST in bytes. */
export function request({ url, secret }, payload) {
  const { host, pathname } = new URL(url);
  const body = JSON.stringify(payload);
  return Buffer.from(
    `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\n` +
      `x-hub-signature-256: ${sign(body, secret)}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
