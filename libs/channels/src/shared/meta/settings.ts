// Settings that every connection to one of Meta's messengers has.
import type { Setting } from '../../contract.js';

const secret = (key: string, description: string): Setting => ({
  key,
  secret: true,
  required: true,
  type: 'string',
  description,
});

/** @param token what the access token is and may */
export const secretsOf = (token: string): readonly Setting[] => [
  secret('accessToken', token),
  secret('appSecret', 'Secret of the Meta app: its webhooks are signed with it.'),
  secret('verifyToken', 'Any string of your own; Meta repeats it when you subscribe the webhook.'),
];
