// What stood at one time, as far as the papers of accountability need it; they are made from it and from nothing else.
import type { Manifest } from '#libs/channels';
import type { InstructionsDocument } from '#libs/instructions';

export interface Standing {
  /** The time that the papers speak of: of a past time the same papers are made again, byte for byte. */
  readonly at: Date;
  /** Name and contact of whoever operates this gateway; null when it was not configured. */
  readonly processor: string | null;
  readonly gatewayUrl: string;
  readonly tenant: { readonly slug: string; readonly name: string };
  readonly inForce: {
    readonly version: number;
    readonly hash: string;
    readonly since: Date | null;
    readonly document: InstructionsDocument;
  } | null;
  /** Accounts that were connected. */
  readonly connections: readonly { readonly channel: string; readonly name: string }[];
  readonly manifests: readonly Manifest[];
}

/** How each paper begins. */
export const headOf = ({ at, tenant, inForce, processor, gatewayUrl }: Standing) => ({
  at: at.toISOString(),
  tenant,
  instructions: inForce && {
    version: inForce.version,
    hash: inForce.hash,
    inForceSince: inForce.since?.toISOString() ?? null,
  },
  processor: { name: processor, gateway: gatewayUrl },
});

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** A day stands for its last moment, UTC, or for now while it lasts. null: not a time, or not yet. */
export function momentOf(text: string, now: Date): Date | null {
  if (!DAY.test(text) && !INSTANT.test(text)) return null;
  const begins = new Date(text);
  if (Number.isNaN(begins.getTime()) || begins > now) return null;
  if (!DAY.test(text)) return begins;
  return new Date(Math.min(begins.getTime() + 86_400_000 - 1, now.getTime()));
}
