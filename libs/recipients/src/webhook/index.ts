// The signed webhook: our default bot contract, signed as the Standard Webhooks specification says.
import type { RecipientKind } from '../contract.js';
import { interpreter } from '../shared/outcome.js';
import { signedRequest } from '../shared/signed-request.js';

export const webhook: RecipientKind = {
  kind: 'webhook',
  transport: 'http',
  credential: 'signature',
  render: signedRequest,
  interpret: interpreter((json) => json),
};
