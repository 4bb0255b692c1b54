// Receipts: the events of a consent are read, described by the versions under which they happened, and signed.
import { randomUUID } from 'node:crypto';
import type { InstructionsDocument } from '#libs/instructions';
import type { Signatures } from '#libs/ledger';
import type { ConsentListed, InstructionVersion, Store } from '#libs/store';
import { receiptOf, type ConsentReceipt, type DescribedVersion } from './record.js';

export interface ReceiptDeps {
  readonly store: Pick<Store, 'consentHistory' | 'consentsByCode' | 'instructionVersions' | 'instructionsInForce'>;
  readonly signatures: Signatures;
  /** Name and contact of whoever operates this gateway; null: not configured. */
  readonly processor: string | null;
  readonly publicUrl: string;
  /** Countries in which what is kept here is stored; empty: the operator does not say. */
  readonly storedIn: readonly string[];
  readonly now: () => number;
}

export interface SignedReceipt {
  readonly receipt: ConsentReceipt;
  /** Compact JWS (EdDSA) whose payload is the RFC 8785 form of the receipt. */
  readonly jws: string;
  readonly kid: string;
  /** Where the key is published. */
  readonly jwks: string;
}

/** For so long does the link in the conversation open a receipt. */
const LINK_MS = 24 * 60 * 60 * 1_000;

export const receiptUrl = (publicUrl: string, code: string): string => `${publicUrl}/privacy/receipts/${code}`;
export const jwksUrl = (publicUrl: string, tenantId: string): string => `${publicUrl}/privacy/${tenantId}/jwks.json`;

const described = (row: InstructionVersion): DescribedVersion => ({
  version: row.version,
  hash: row.hash,
  document: row.document as InstructionsDocument,
});

export function createReceipts({ store, signatures, processor, publicUrl, storedIn, now }: ReceiptDeps) {
  async function make(tenantId: string, events: readonly ConsentListed[]): Promise<SignedReceipt | null> {
    if (events.length === 0) return null;
    const [all, inForce] = await Promise.all([
      store.instructionVersions(tenantId),
      store.instructionsInForce(tenantId),
    ]);
    const receipt = receiptOf({
      id: randomUUID(),
      at: new Date(now()),
      events,
      versions: new Map(all.map((row) => [row.version, described(row)])),
      inForce: inForce && described(inForce),
      processor: processor ?? publicUrl,
      gatewayUrl: publicUrl,
      privacyPage: `${publicUrl}/privacy/${tenantId}`,
      storedIn,
    });
    const signed = await signatures.sign(tenantId, 'parley-consent-receipt', receipt);
    return signed && { receipt, ...signed, jwks: jwksUrl(publicUrl, tenantId) };
  }

  return {
    /** For the controller: of the consent to which an event belongs; null when there is none. */
    ofEvent: async (tenantId: string, eventId: string): Promise<SignedReceipt | null> =>
      make(tenantId, await store.consentHistory(tenantId, eventId)),

    /** For the person: of what one answer settled, as it stands now. `gone`: the link is too old. */
    async byCode(code: string): Promise<SignedReceipt | 'gone' | null> {
      const found = await store.consentsByCode(code);
      if (!found) return null;
      return found.ageMs > LINK_MS ? 'gone' : make(found.tenantId, found.events);
    },
  };
}

export type Receipts = ReturnType<typeof createReceipts>;
