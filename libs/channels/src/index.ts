// The channels: their contract and the list. A new channel is one folder and one line here.
import type { ChannelAdapter } from './contract.js';
import { instagram } from './instagram/index.js';
import { messenger } from './messenger/index.js';
import { web } from './web/index.js';
import { whatsappCloud } from './whatsapp-cloud/index.js';

export * from './contract.js';
export { hasPersonCallbacks, issuedAt, readSignedRequest } from './shared/signed-request.js';
export {
  echoActivity,
  toActivity,
  type Activity,
  type ActivityFrame,
  type WebPayload,
  type WebTransport,
  type WebUpload,
} from './web/index.js';

export const CHANNELS: readonly ChannelAdapter[] = [whatsappCloud, messenger, instagram, web];
