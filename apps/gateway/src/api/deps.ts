// What the management API is given by the composition root.
import type { ChannelAdapter } from '#libs/channels';
import type { Facts } from '#libs/instructions';
import type { OutboundContent } from '#libs/kernel';
import type { Ledger, StandingOf } from '#libs/ledger';
import type { Tenants } from '#libs/pipeline';
import type { Egress, Logger } from '#libs/platform';
import type { EndContract, Evidence, ExportFiles, Receipts, Rights } from '#libs/rights';
import type { Store } from '#libs/store';

export const API = Symbol('API');

export interface ApiDeps {
  readonly store: Store;
  readonly tenants: Tenants;
  readonly ledger: Ledger;
  readonly channels: readonly ChannelAdapter[];
  readonly facts: Facts;
  readonly egress: Egress;
  readonly rights: Rights;
  readonly receipts: Receipts;
  /** Returns what is held if instructed, then deletes everything of a tenant, keys first. */
  readonly endContract: EndContract;
  /** What was returned at the end of a contract and waits to be fetched. */
  readonly exportFiles: Pick<ExportFiles, 'waiting'>;
  /** A short-lived address of an attachment as it is held. */
  readonly attachmentUrl: (tenantId: string, attachmentId: string) => Promise<string>;
  readonly wake: (items: readonly { tenantId: string; conversationId: string }[]) => void;
  readonly isOperator: (token: string) => boolean;
  readonly publicUrl: string;
  /** What stood at a time, for the papers of accountability. */
  readonly standingOf: StandingOf;
  /** The evidence pack of a tenant, made while it is read. */
  readonly evidence: Evidence;
  readonly log: Logger;
  /**
   * Queues messages into an existing conversation and wakes it; answers their ids, in order. `recipient` is null where
   * the tenant itself writes. Absent: the operation is not offered.
   * @throws Problem not-instructed, when the instructions in force do not cover replies
   */
  readonly queueReply?: (
    tenantId: string,
    to: { readonly conversationId: string; readonly recipient: string | null },
    messages: readonly OutboundContent[],
  ) => Promise<readonly string[]>;
}
