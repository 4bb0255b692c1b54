// An adapter of one of Meta's messengers, put together from what is its own and what they share.
import type { ChannelAdapter } from '../../contract.js';
import { isSignedByMeta, metaChallenge } from '../meta-webhook.js';
import { interpret } from './errors.js';
import { mediaFrom } from './media.js';

type Own = Omit<ChannelAdapter, 'delivery' | 'portfolioSetting' | 'handshake' | 'verify' | 'interpret' | 'media'>;

export const metaMessenger = ({
  mediaHosts,
  ...own
}: Own & { readonly mediaHosts: readonly string[] }): ChannelAdapter => ({
  ...own,
  delivery: 'push',
  portfolioSetting: null,
  handshake: (query, secrets) => metaChallenge(query, secrets['verifyToken']),
  verify: (raw, header, secrets) => isSignedByMeta(raw, header, secrets['appSecret']),
  interpret,
  media: mediaFrom(mediaHosts),
});
