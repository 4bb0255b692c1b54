// Do the page's credentials work?
import { checkOf } from '../shared/meta/check.js';

export const check = checkOf({
  at: ({ pageId }) => ({ base: 'meta-graph', url: `/${encodeURIComponent(String(pageId))}` }),
  name: 'name',
  what: 'page',
});
