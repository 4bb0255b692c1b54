// Do the account's credentials work? The account is asked for itself: a token of somebody else's is refused.
import { checkOf } from '../shared/meta/check.js';
import { baseOf } from './settings.js';

export const check = checkOf({
  at: (settings) => ({ base: baseOf(settings), url: `/${encodeURIComponent(String(settings['accountId']))}` }),
  name: 'username',
  what: 'account',
});
