// What the gate makes of a message: dealt with here, or on its way to recipients.
import type { Right } from '#libs/instructions';
import type { OutboundContent } from '#libs/kernel';
import type { ConsentChange } from '#libs/store';

/** A message that is dealt with here: what its turn changes, and what the person is told. */
export interface Handled {
  readonly kind: 'handled';
  readonly state: 'done' | 'dropped';
  readonly hold?: Hold;
  readonly consent?: ConsentChange;
  readonly replies: readonly OutboundContent[];
  /** Rights that the person exercised with it: each becomes a request. */
  readonly rights?: readonly Right[];
  /** Another app has the conversation: nothing is said there. */
  readonly aside?: true;
  /** Purposes that are open for the person: for others nothing of it stays. Left out: not settled by this message. */
  readonly stays?: ReadonlySet<string>;
  /** Of the instructions, that decided. */
  readonly clause?: string;
  /** For the ledger: what was decided. No text of the person. */
  readonly decided: string;
  /** It may be a wish to hear less: the controller is told. */
  readonly unsure?: true;
}

export interface Hold {
  readonly until: Date;
  readonly waiting: readonly string[];
  readonly forwarded: boolean;
}

/** A message that goes on, to recipients of the open purposes; then it is held for the others, if any. */
export interface Passed {
  readonly kind: 'go';
  readonly open: ReadonlySet<string>;
  /** Whose recipients have it already: it is given to nobody a second time. */
  readonly had?: ReadonlySet<string>;
  /** All that are open for the person: for these it may stay. */
  readonly stays: ReadonlySet<string>;
  readonly hold?: Hold;
  /** Questions that go out with the answers. */
  readonly questions: readonly OutboundContent[];
  readonly consent?: ConsentChange;
  /** It may be a wish to hear less: the controller is told. */
  readonly unsure?: true;
}
