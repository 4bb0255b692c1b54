// Consents compiled from the document: what is asked, what counts as yes and no, and when it must be asked anew.
import { createHash } from 'node:crypto';
import {
  treatmentBefore,
  type InstructionsDocument,
  type Purpose,
  type RecipientClause,
  type TextClause,
} from '../document.js';
import { pointer } from '../pointer.js';

export interface CompiledConsent {
  /** Id of the text by which it is asked. */
  readonly text: string;
  readonly purposes: readonly string[];
  readonly version: string;
  /** Hash of what the person agrees to, and with whom: purposes, their data and recipients, the major version of the text. A typo changes nothing. */
  readonly scope: string;
  /** Words per language that mean yes, and no. */
  readonly accept: Readonly<Record<string, readonly string[]>>;
  readonly refuse: Readonly<Record<string, readonly string[]>>;
  readonly meanwhile: 'hold' | 'discard';
  /** ISO 8601 periods. */
  readonly holdFor: string;
  readonly expires: string | null;
  readonly askAgainAfter: string;
  readonly clause: string;
}

/** Is the person asked: for consent as the basis (Art. 6), or explicitly for special categories, whatever the basis is (Art. 9(2)(a))? */
export const asksConsent = (purpose: Partial<Pick<Purpose, 'basis' | 'art9'>> | undefined): boolean =>
  purpose?.basis === 'A6-1-a' || purpose?.art9 === 'A9-2-a';

export const HOLD_FOR = 'PT15M';
/** The proposed omnibus asks for six months of peace after a refusal. */
export const ASK_AGAIN_AFTER = 'P6M';

const major = (version: string): string => version.split('.')[0] ?? version;

/** A company's name without what a typo changes. */
const nameOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Who it is, where, and what they get, in which form; an address may change within a company. */
const recipientIn = (id: string, recipient: RecipientClause, data: readonly string[]) => ({
  who: recipient.entity ?? (recipient.url && new URL(recipient.url).host) ?? id,
  country: recipient.country ?? null,
  data: recipient.data.filter((category) => data.includes(category)).toSorted(),
  identifiers: (recipient.identifiers ?? []).toSorted(),
});

function scopeOf(document: InstructionsDocument, purposes: readonly string[], version: string): string {
  const { parties, freeText, recipients: all } = document;
  const agreed = purposes.map((id) => {
    const { dpv, art9 = null, data = [] } = document.purposes[id] ?? {};
    const recipients = Object.entries(all)
      .filter(([, recipient]) => recipient.purposes.includes(id))
      .map(([recipient, clause]) => {
        const text = treatmentBefore(freeText, recipient);
        return JSON.stringify({ ...recipientIn(recipient, clause, data), text });
      });
    return { id, dpv, art9, data: data.toSorted(), recipients: recipients.toSorted() };
  });
  return createHash('sha256')
    .update(JSON.stringify([nameOf(parties.controller.name), major(version), agreed]))
    .digest('hex');
}

function consentOf(document: InstructionsDocument, id: string, text: TextClause): CompiledConsent {
  const named = Object.entries(document.purposes).filter(([, p]) => asksConsent(p) && p.consent === id);
  const purposes = named.map(([purpose]) => purpose);
  const version = String(text.version ?? '1');
  return {
    text: id,
    purposes,
    version,
    scope: scopeOf(document, purposes, version),
    accept: text.accept ?? {},
    refuse: text.refuse ?? {},
    meanwhile: text.meanwhile ?? 'hold',
    holdFor: text.holdFor ?? HOLD_FOR,
    expires: text.expires ?? null,
    askAgainAfter: text.askAgainAfter ?? ASK_AGAIN_AFTER,
    clause: pointer('texts', id),
  };
}

/** In the order of the document's texts, which is the order of asking. */
export const consentsOf = (document: InstructionsDocument): readonly CompiledConsent[] =>
  Object.entries(document.texts)
    .map(([id, text]) => consentOf(document, id, text))
    .filter(({ purposes }) => purposes.length > 0);
