// What a business enters to connect a Facebook page.
import type { Setting } from '../contract.js';
import { secretsOf } from '../shared/meta/settings.js';

export const settings: readonly Setting[] = [
  { key: 'pageId', secret: false, required: true, type: 'string', description: 'Id of the Facebook page.' },
  ...secretsOf('Page access token with pages_messaging.'),
];
