// Web chat over Direct Line 3.0: the adapter, put together from its facts and functions.
import type { ChannelAdapter } from '../contract.js';
import { capabilities } from './capabilities.js';
import { identifiers } from './identifiers.js';
import { manifest } from './manifest.js';
import { parse } from './parse.js';
import { render } from './render.js';
import { settings } from './settings.js';

export { echoActivity, toActivity, type Activity, type ActivityFrame } from './activity.js';
export type { WebPayload, WebTransport, WebUpload } from './payload.js';

export const web: ChannelAdapter = {
  manifest,
  capabilities,
  identifiers,
  settings,
  delivery: 'pull',
  accountSetting: null,
  portfolioSetting: null,
  /** No platform subscribes. */
  handshake: () => null,
  /**
   * Nothing that comes in as a webhook is ever genuine here: no secret signs a browser's body. What a visitor sends is let in by
   * the session token that the Direct Line surface checks, and by nothing else.
   */
  verify: () => false,
  parse,
  render: (message) => render(message),
  /** Nothing is sent, so nothing can be answered. */
  interpret: () => ({ kind: 'refused', code: 'pull', reason: 'unsupported' }),
  check: null,
  /** Files come with the request that brings the message. */
  media: null,
};
