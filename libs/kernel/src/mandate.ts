// The permission that a decision grants: persisting or disclosing personal data takes one.
import type { Category } from './category.js';

/** GDPR Art. 4(2) operations, named by their DPV term. */
export type Operation = 'Collect' | 'Store' | 'Disclose' | 'Transmit' | 'Erase' | 'Export' | 'Restrict' | 'Consult';

/** Which version of which document decided, and which clause of it: goes with every row and every ledger leaf. */
export interface InstructionRef {
  readonly version: number;
  /** SHA-256, hex, over the RFC 8785 form of the document. */
  readonly hash: string;
  /** JSON pointer into the document, e.g. `/purposes/support`. */
  readonly clause: string;
}

/** What a mandate permits, for whom and by which clause. */
export interface Grant {
  readonly tenantId: string;
  readonly operation: Operation;
  readonly purpose: string;
  readonly categories: readonly Category[];
  readonly instruction: InstructionRef;
}

/**
 * Permission for one operation on named categories for one purpose (Art. 28(3)(a): only on documented instructions).
 * Its constructor is private; `grantMandate` is called by the decision functions alone, and a test asserts that.
 */
export class Mandate implements Grant {
  // A private member makes the type nominal: no object literal passes for a mandate.
  readonly #granted = true;
  readonly tenantId: string;
  readonly operation: Operation;
  readonly purpose: string;
  readonly categories: readonly Category[];
  readonly instruction: InstructionRef;

  private constructor(grant: Grant) {
    this.tenantId = grant.tenantId;
    this.operation = grant.operation;
    this.purpose = grant.purpose;
    this.categories = grant.categories;
    this.instruction = grant.instruction;
    Object.freeze(this);
  }

  /** @internal use grantMandate */
  static grant(this: void, grant: Grant): Mandate {
    return new Mandate(grant);
  }

  covers(category: Category): boolean {
    return this.#granted && this.categories.includes(category);
  }
}

export const grantMandate = Mandate.grant;
