// Whoever asked in the chat hears there what becomes of it (Art. 12(3), (4), 18(3)): what they are told is written together with what it tells of, or neither is.
import type { Logger, Wake } from '#libs/platform';
import { AskedElsewhere, type RightsRequestRow, type Said, type Store, type Words } from '#libs/store';
import { sentence, type Facts, type Occasion } from '../told/sentences.js';

export interface SayingDeps {
  readonly store: Pick<Store, 'rightsRequest'>;
  /** What is to be said in a conversation, in the language of its person; null when nobody can be reached there. */
  readonly words: (
    tenantId: string,
    conversationId: string,
    textIn: (language: string | null) => string,
  ) => Promise<Words | null>;
  readonly wake: (conversations: readonly Wake[]) => void;
  /** The public page of a request. */
  readonly pageUrl: (code: string) => string;
  readonly log: Logger;
}

export interface Telling extends Omit<Facts, 'url'> {
  readonly id: string;
  readonly occasion: Occasion;
}

export function createSaying({ store, words, wake, pageUrl, log }: SayingDeps) {
  /** That nothing can be said holds up no decision. */
  async function saidOf(tenantId: string, row: RightsRequestRow, telling: Telling): Promise<Said> {
    const { conversation_id: asked, aside, code } = row;
    const { id, occasion, ...facts } = telling;
    if (asked === null || aside) return { asked, aside, words: null };
    const textIn = (language: string | null): string => sentence(occasion, { ...facts, url: pageUrl(code) }, language);
    try {
      return { asked, aside, words: await words(tenantId, asked, textIn) };
    } catch (error) {
      log.warn('rights.untold', { tenantId, requestId: id, error });
      return { asked, aside, words: null };
    }
  }

  /** `change` decides and says so; null: there is no such request. Once more for whoever asks in the chat at that moment. */
  return async function telling<T>(
    tenantId: string,
    what: Telling,
    change: (said: Said) => Promise<T>,
  ): Promise<T | null> {
    for (;;) {
      const row = await store.rightsRequest(tenantId, what.id);
      if (!row) return null;
      const said = await saidOf(tenantId, row, what);
      try {
        const done = await change(said);
        if (said.words) wake([{ tenantId, conversationId: said.words.conversationId }]);
        return done;
      } catch (error) {
        if (!(error instanceof AskedElsewhere)) throw error;
      }
    }
  };
}
