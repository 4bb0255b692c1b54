// Are the credentials this page's? `me` is the page whose token asks (Graph API overview); `/{pageId}` is read with other tokens, too,
// where the app may read public pages (Page Public Metadata Access, Page Public Content Access).
import { checkOf } from '../shared/meta/check.js';

export const check = checkOf({
  at: () => ({ base: 'meta-graph', url: '/me' }),
  expects: ({ pageId }) => pageId,
  name: 'name',
  what: 'page',
});
