// What a business enters to connect a Facebook page.
import type { Setting } from '../contract.js';

export const settings: readonly Setting[] = [
  { key: 'pageId', secret: false, required: true, type: 'string', description: 'Id of the Facebook page.' },
  {
    key: 'accessToken',
    secret: true,
    required: true,
    type: 'string',
    description: 'Page access token with pages_messaging.',
  },
  {
    key: 'appSecret',
    secret: true,
    required: true,
    type: 'string',
    description: 'Secret of the Meta app: its webhooks are signed with it.',
  },
  {
    key: 'verifyToken',
    secret: true,
    required: true,
    type: 'string',
    description: 'Any string of your own; Meta repeats it when you subscribe the webhook.',
  },
];
