// Identity by a code on the same channel (Art. 11(2), 12(6)): whoever can read what is sent to the handle has the handle. Nobody learns who is known.
import { randomInt, timingSafeEqual } from 'node:crypto';
import { Problem } from '#libs/kernel';
import type { Logger } from '#libs/platform';
import type { RightsRequestRow, Store } from '#libs/store';
import { blindIndex, type TenantKeys } from '#libs/vault';
import { codeSentence } from '../told/code.js';

export interface IdentityDeps {
  readonly store: Store;
  readonly say: (
    tenantId: string,
    conversationId: string,
    textIn: (language: string | null) => string,
  ) => Promise<boolean>;
  readonly keysOf: (tenantId: string) => Promise<TenantKeys>;
  readonly log: Logger;
  readonly now: () => number;
}

const DIGITS = 8;
const GOOD_MS = 15 * 60 * 1_000;

const hashOf = (keys: TenantKeys, requestId: string, code: string): Buffer =>
  blindIndex(keys, 'identity-code', `${requestId}|${code}`);

export function createIdentity({ store, say, keysOf, log, now }: IdentityDeps) {
  async function deliver(tenantId: string, row: RightsRequestRow, code: string): Promise<void> {
    const subjects = row.subject_ids.length > 0 ? row.subject_ids : await store.subjectsOf(tenantId, row.hashes);
    const conversation = subjects.length > 0 ? await store.lastConversationOf(tenantId, subjects) : null;
    if (conversation) await say(tenantId, conversation, (language) => codeSentence(code, language));
  }

  return {
    /** Sends a code to whoever is known under what the request names; of somebody unknown it does all the same but that. */
    async sendCode(tenantId: string, row: RightsRequestRow): Promise<void> {
      const code = randomInt(10 ** DIGITS)
        .toString()
        .padStart(DIGITS, '0');
      const hash = hashOf(await keysOf(tenantId), row.id, code);
      if (!(await store.setIdentityCode(tenantId, row.id, { hash, until: new Date(now() + GOOD_MS) }))) return;
      // Not waited for: how long it takes would tell whether there is somebody.
      void deliver(tenantId, row, code).catch((error: unknown) =>
        log.warn('rights.untold', { tenantId, requestId: row.id, error }),
      );
    },

    /** @throws Problem forbidden, for whatever reason the code is not good */
    async check(tenantId: string, id: string, typed: string): Promise<void> {
      const expected = await store.tryIdentityCode(tenantId, id);
      const given = hashOf(await keysOf(tenantId), id, typed.replace(/[ -]/g, ''));
      if (!expected || !timingSafeEqual(expected, given))
        throw new Problem('forbidden', 'The code does not fit, or is no longer good.');
      await store.forgetIdentityCode(tenantId, id);
    },
  };
}
