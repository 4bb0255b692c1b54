// What a business enters to connect a WhatsApp number.
import type { Setting } from '../contract.js';

const setting = (key: string, secret: boolean, description: string): Setting => ({
  key,
  secret,
  required: true,
  type: 'string',
  description,
});

export const settings: readonly Setting[] = [
  setting('phoneNumberId', false, 'Id of the phone number at Meta (not the number itself).'),
  setting('businessAccountId', false, 'Id of the WhatsApp Business Account that holds the number.'),
  setting('accessToken', true, 'System user token with whatsapp_business_messaging.'),
  setting('appSecret', true, 'Secret of the Meta app: its webhooks are signed with it.'),
  setting('verifyToken', true, "Text of your choice that Meta repeats when it checks the webhook's address."),
];
