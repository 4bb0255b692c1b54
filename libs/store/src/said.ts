// What a person is told of their request, in the transaction that decides it: told once, and also where whoever decided it dies at that moment.
import type { Tx } from './pool.js';
import type { Words } from './turn-rows.js';
import { queueIn } from './turns.js';

export interface Said {
  /** Where the person had asked when the words were written, and whether another app had that conversation. */
  readonly asked: string | null;
  readonly aside: boolean;
  /** null: nobody can be told there. */
  readonly words: Words | null;
}

/** The person has asked in a chat meanwhile: nothing was written, and there are other words. */
export class AskedElsewhere extends Error {
  constructor() {
    super('the request was asked for elsewhere meanwhile');
    this.name = 'AskedElsewhere';
  }
}

/** @throws AskedElsewhere */
export async function sayOf(
  tx: Tx,
  tenantId: string,
  { row, said }: { readonly row: { readonly conversation_id: string | null; readonly aside: boolean }; readonly said?: Said | undefined },
): Promise<void> {
  if (!said) return;
  if (row.conversation_id !== said.asked || row.aside !== said.aside) throw new AskedElsewhere();
  if (said.words) await queueIn(tx, tenantId, said.words);
} // prettier-ignore
