// Takes out of conversations' tokens what nothing that is left of them says any more: a token lives no longer than the words it stands for.
import { tokensIn } from '#libs/instructions';
import type { Logger } from '#libs/platform';
import type { Store, TokensAndWords } from '#libs/store';
import { opened, openSubjectKey, type TenantKeys } from '#libs/vault';
import { openBody, type Whose } from '../body.js';
import { openTokens, sealTokens, wordsOf } from '../tokens.js';
import { createRounds } from './rounds.js';

export interface StaleTokensDeps {
  readonly store: Pick<Store, 'dueTokens' | 'restTokens' | 'refreshTokens' | 'tenantKeys'>;
  readonly log: Logger;
}

const AT_ONCE = 200;

/** What nobody can read says nothing. */
const wordsIn = (whose: Whose, { id, body }: TokensAndWords['messages'][number]): readonly string[] =>
  wordsOf(opened(() => openBody<object>(whose, id, body)));

function leftOf(keys: TenantKeys, of: TokensAndWords): Buffer | null {
  const { id, subject_id: subjectId, wrapped_key, tokens, messages } = of;
  const whose = { tenantId: keys.tenantId, subjectId, key: openSubjectKey(keys, subjectId, wrapped_key) };
  const known = openTokens(whose, id, tokens);
  const left = tokensIn(known, messages.flatMap((message) => wordsIn(whose, message))); // prettier-ignore
  return left === known ? null : sealTokens(whose, id, left);
}

export function createStaleTokens({ store, log }: StaleTokensDeps) {
  return createRounds<{ tenant_id: string; conversation_id: string }>({
    due: () => store.dueTokens(AT_ONCE),
    keyOf: (job) => job.conversation_id,
    advance: async ({ tenant_id, conversation_id }) => {
      const keys = await store.tenantKeys(tenant_id);
      if (keys) await store.refreshTokens(tenant_id, conversation_id, (of) => leftOf(keys, of));
      // The next that are due, at once: a sweep of retention leaves many.
      return keys !== null;
    },
    rest: (job, inMs) => store.restTokens(job.tenant_id, job.conversation_id, inMs),
    failed: (error, job) => log.error('tokens.refresh-failed', { ...(job ? { tenantId: job.tenant_id } : {}), error }),
  });
}
