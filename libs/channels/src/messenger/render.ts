// A message to a person on Messenger → calls of the page's Send API.
import { refuse } from '../shared/meta/content-calls.js';
import { rendererOf } from '../shared/meta/render.js';
import { SENDING } from './capabilities.js';

export const render = rendererOf({
  ...SENDING,
  endpoint({ pageId }) {
    if (typeof pageId !== 'string' || pageId === '') return refuse('no-address', 'the connection has no pageId');
    return { base: 'meta-graph', url: `/${encodeURIComponent(pageId)}/messages` };
  },
  recipients: [
    ['psid', 'id'],
    ['user_ref', 'user_ref'],
  ],
  echoesMetadata: true,
});
