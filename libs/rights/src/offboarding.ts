// End of contract (Art. 28(3)(g)): nothing of the tenant is left, and a certificate says so.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '#libs/platform';
import type { Store, TenantRow } from '#libs/store';
import { inBackups, type BackupLife } from './acts/certificate.js';
import type { Journal } from './journal/journal.js';

export interface OffboardingDeps {
  readonly store: Store;
  readonly journal: Pick<Journal, 'notedEnd'>;
  readonly backups: BackupLife;
  /** Tells every process that the tenant changed. */
  readonly changed: (tenantId: string) => Promise<void>;
  /** How long something may still be in flight, in ms. */
  readonly settleMs: number;
  readonly log: Logger;
  readonly now: () => number;
}

export interface EndCertificate {
  readonly schema: 'parley-end-certificate/1';
  readonly tenant: string;
  readonly instructed: 'delete' | 'return';
  readonly instructionVersion: number | null;
  readonly keysDestroyedAt: string;
  readonly completedAt: string;
  readonly deleted: readonly { readonly what: string; readonly count: number }[];
  readonly backupsReadableUntil: string;
  readonly backupsGoneBy: string;
}

const sum = (parts: readonly Readonly<Record<string, number>>[]): Record<string, number> => {
  const total: Record<string, number> = {};
  for (const part of parts) for (const [what, count] of Object.entries(part)) total[what] = (total[what] ?? 0) + count;
  return total;
};

export const createOffboarding =
  ({ store, journal, backups, changed, settleMs, log, now }: OffboardingDeps) =>
  async (tenant: TenantRow): Promise<EndCertificate> => {
    const inForce = await store.instructionsInForce(tenant.id);
    const document = inForce?.document as { contract?: { atEnd?: 'delete' | 'return' } } | undefined;
    await journal.notedEnd(tenant.id);
    const closed = await store.closeTenant(tenant.id);
    const keysDestroyedAt = new Date(now());
    await changed(tenant.id);
    const first = await store.removeTenant(tenant.id, false);
    // What was in flight when the keys went is found now.
    await sleep(settleMs);
    const second = await store.removeTenant(tenant.id, true);
    const completedAt = new Date(now());
    log.info('tenant.deleted', { tenantId: tenant.id });
    return {
      schema: 'parley-end-certificate/1',
      tenant: tenant.slug,
      instructed: document?.contract?.atEnd ?? 'delete',
      instructionVersion: inForce?.version ?? null,
      keysDestroyedAt: keysDestroyedAt.toISOString(),
      completedAt: completedAt.toISOString(),
      deleted: Object.entries(sum([closed, first, second])).map(([what, count]) => ({ what, count })),
      ...inBackups(completedAt, backups),
    };
  };
