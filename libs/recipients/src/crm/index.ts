// A system that keeps a record of conversations: told what is said, signed like a webhook, and asked for no answer.
import type { RecipientKind } from '../contract.js';
import { interpreter } from '../shared/outcome.js';
import { signedRequest } from '../shared/signed-request.js';

export const crm: RecipientKind = {
  kind: 'crm',
  transport: 'http',
  credential: 'signature',
  oneWay: true,
  render: (turn, context) => ({ ...signedRequest(turn, context), expect: 'none' }),
  interpret: interpreter(() => undefined),
};
