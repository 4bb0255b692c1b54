// What a business enters to connect an Instagram account, where its API is called, and whether the credentials work.
import type { HttpRequest } from '#libs/kernel';
import type { PublicSettings, Setting } from '../contract.js';
import { checkOf } from '../shared/meta/check.js';
import { secretsOf } from '../shared/meta/settings.js';

export const settings: readonly Setting[] = [
  {
    key: 'accountId',
    secret: false,
    required: true,
    type: 'string',
    description: 'Id of the Instagram professional account, as webhooks name it.',
  },
  {
    key: 'pageId',
    secret: false,
    required: false,
    type: 'string',
    description: 'Id of the Facebook page that the account is linked to; left out with Instagram Login.',
  },
  ...secretsOf(
    'With a page: page access token with instagram_basic and instagram_manage_messages. Else: Instagram user access token with ' +
      'instagram_business_basic and instagram_business_manage_messages.',
  ),
];

const given = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** The two ways of logging in have two hosts (Instagram Platform, Overview). */
export const baseOf = ({ pageId }: PublicSettings): NonNullable<HttpRequest['base']> =>
  given(pageId) ? 'meta-graph' : 'instagram-graph';

/** Who sends: the page in the account's name, or the account itself. */
export const senderOf = ({ pageId, accountId }: PublicSettings): string | null => {
  if (given(pageId)) return pageId;
  return given(accountId) ? accountId : null;
};

/** The account is asked for itself: a token of somebody else's is refused. */
export const check = checkOf({
  at: (entered) => ({ base: baseOf(entered), url: `/${encodeURIComponent(String(entered['accountId']))}` }),
  name: 'username',
  what: 'account',
});
