// End of contract (Art. 28(3)(g)): the doors are closed, what is held is returned if instructed, and nothing of the tenant is left but a certificate.
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '#libs/kernel';
import { LedgerBroken, type Anchors, type Ledger } from '#libs/ledger';
import type { Logger } from '#libs/platform';
import type { Store, TenantRow } from '#libs/store';
import { inBackups, inFiles, type BackupLife } from '../acts/certificate.js';
import type { Journal } from '../journal/journal.js';
import type { Export } from './export.js';
import type { ExportFiles, Kept } from './export-files.js';

export interface OffboardingDeps {
  readonly store: Store;
  readonly journal: Pick<Journal, 'notedEnd'>;
  readonly backups: BackupLife;
  readonly ledger: Ledger;
  readonly anchors: Anchors;
  readonly exported: Export;
  readonly files: ExportFiles;
  /** The address of a kept archive. */
  readonly urlOf: (kept: Kept) => string;
  /** Tells every process that the tenant changed. */
  readonly changed: (tenantId: string) => Promise<void>;
  /** How long something may still be in flight, in ms. */
  readonly settleMs: number;
  readonly log: Logger;
  readonly now: () => number;
}

/** What is signed, and what stays. */
interface EndCertificate {
  readonly schema: 'parley-end-certificate/1';
  readonly tenant: string;
  readonly instructed: 'delete' | 'return';
  readonly instructionVersion: number | null;
  /** What was returned; null: nothing was to be. */
  readonly returned: { readonly sha256: string; readonly bytes: number; readonly until: string } | null;
  readonly keysDestroyedAt: string;
  readonly completedAt: string;
  readonly deleted: readonly { readonly what: string; readonly count: number }[];
  readonly sealedKeyGoneFromTablesBy: string;
  readonly sealedKeyGoneFromLogBy: string | null;
  readonly backupsReadableUntil: string;
  readonly backupsGoneBy: string;
}

export interface Ended extends EndCertificate {
  /** Where what is returned can be fetched; said again, until it was, by `ExportFiles`. */
  readonly exportUrl: string | null;
  /** The certificate as a C2SP signed note; null where a crash came between the keys and the certificate. */
  readonly signed: string | null;
  /** The last checkpoint of the ledger, and the key that signed both. */
  readonly checkpoint: string | null;
  readonly key: string | null;
}

/** While a contract is ended, so often it is said that it is, and looked whether it has. */
const RENEW_MS = 3_000;
const LOOK_MS = 250;

const sum = (parts: readonly Readonly<Record<string, number>>[]): Record<string, number> => {
  const total: Record<string, number> = {};
  for (const part of parts) for (const [what, count] of Object.entries(part)) total[what] = (total[what] ?? 0) + count;
  return total;
};

const certificateOf = (end: {
  readonly tenant: TenantRow;
  readonly by: { readonly instructed: 'delete' | 'return'; readonly version: number | null };
  readonly kept: Kept | null;
  readonly keysDestroyedAt: Date;
  readonly completedAt: Date;
  readonly counts: Readonly<Record<string, number>>;
  readonly backups: BackupLife;
  readonly dropsLog: boolean;
}): EndCertificate => ({
  schema: 'parley-end-certificate/1',
  tenant: end.tenant.slug,
  instructed: end.kept ? 'return' : end.by.instructed,
  instructionVersion: end.by.version,
  returned: end.kept && { sha256: end.kept.sha256, bytes: end.kept.bytes, until: end.kept.until.toISOString() },
  keysDestroyedAt: end.keysDestroyedAt.toISOString(),
  completedAt: end.completedAt.toISOString(),
  deleted: Object.entries(end.counts).map(([what, count]) => ({ what, count })),
  ...inFiles(end.keysDestroyedAt, end.dropsLog),
  ...inBackups(end.completedAt, end.backups),
});

export function createOffboarding(deps: OffboardingDeps) {
  const { store, journal, backups, ledger, anchors, exported, files, urlOf, changed, settleMs, log, now } = deps;

  /** @throws Problem unavailable: what was to be returned could not be, and so nothing is deleted. */
  async function returned(tenant: TenantRow): Promise<Kept | null> {
    const archive = await exported(tenant);
    if (!archive) return null;
    try {
      return await files.keep(tenant, archive);
    } catch (error) {
      log.error('tenant.export-failed', { tenantId: tenant.id, error });
      throw new Problem('unavailable', 'What is to be returned could not be written. Nothing was deleted; try again.');
    }
  }

  /** A ledger that somebody changed is no reason to keep what is to be deleted. */
  const despite = <T>(tenantId: string, work: Promise<T>): Promise<T | null> =>
    work.catch((error: unknown) => {
      if (!(error instanceof LedgerBroken)) throw error;
      log.error('ledger.failed', { tenantId, error });
      return null;
    });

  async function instructedAtEnd(tenantId: string) {
    const inForce = await store.instructionsInForce(tenantId);
    const document = inForce?.document as { contract?: { atEnd?: 'delete' | 'return' } } | undefined;
    const atEnd = document?.contract?.atEnd;
    const clause = atEnd === undefined ? 'default:at-end' : '/contract/atEnd';
    return { instructed: atEnd ?? 'delete', version: inForce?.version ?? null, clause } as const;
  }

  /**
   * Each step may be repeated: after a crash the same call goes on. `again`: the journal says that it was done, or begun; what was to be
   * returned was written before that.
   */
  async function end(tenant: TenantRow, again: boolean): Promise<Ended> {
    const { id, slug } = tenant;
    const by = await instructedAtEnd(id);
    // By the journal: the version that decided it may be in the ledger that a backup has not.
    const leaf = again ? { type: 'contract-ended-replayed' as const } : { type: 'contract-ended' as const, ...by };
    const closed = await store.closeDoors(id, leaf);
    await changed(id);
    await sleep(settleMs);
    // Where the keys are gone already, a crash came after what is to be returned was written.
    const kept = (by.instructed === 'return' && !again ? await returned(tenant) : null) ?? (await files.find(id));

    // The last of what the keys do: the signer lives on in memory until the certificate is signed.
    const signer = await despite(id, ledger.signer(id, 'certificate'));
    const head = signer && (await despite(id, ledger.checkpoint(id)));
    await journal.notedEnd(id);
    const keys = await store.destroyTenantKeys(id);
    const keysDestroyedAt = new Date(now());
    await changed(id);
    const first = await store.removeTenant(id, false);
    // What was in flight when the keys went is found now.
    await sleep(settleMs);
    const dropsLog = await store.dropsWrittenAhead();
    const proof = { checkpoint: head?.note ?? null, key: signer?.key ?? null };
    const ended: { certificate: EndCertificate; signed: string | null }[] = [];
    await store.removeTenant(id, true, (second) => {
      const counts = sum([closed, keys, first, second]);
      const certificate = certificateOf({ tenant, by, kept, keysDestroyedAt, completedAt: new Date(now()), counts, backups, dropsLog }); // prettier-ignore
      const text = JSON.stringify(certificate);
      const signed = signer?.sign([text]) ?? null;
      ended.push({ certificate, signed });
      return { id, slug, certificate: signed ?? text, ...proof };
    });
    await anchors.forget(tenant);
    log.info('tenant.deleted', { tenantId: id });
    const { certificate, signed } = ended[0]!;
    return { ...certificate, exportUrl: kept && urlOf(kept), signed, ...proof };
  }

  /** What stayed of a contract that has ended. @throws Problem not-found */
  async function keptOf(tenantId: string): Promise<Ended> {
    const row = await store.endedContract(tenantId);
    if (!row) throw new Problem('not-found');
    const { certificate, checkpoint, key } = row;
    const isSigned = key !== null;
    const text = isSigned ? certificate.split('\n')[1]! : certificate;
    const kept = await files.find(tenantId);
    return { ...(JSON.parse(text) as EndCertificate), exportUrl: kept && urlOf(kept), signed: isSigned ? certificate : null, checkpoint, key }; // prettier-ignore
  }

  /** Two at once would write what is returned twice, the one while the other deletes it: whoever comes later waits, and is answered the same. */
  return async function endContract(tenant: TenantRow, { again = false } = {}): Promise<Ended> {
    const { id } = tenant;
    while (!(await store.claimEnding(id))) {
      if (!(await store.tenantById(id))) return keptOf(id);
      await sleep(LOOK_MS);
    }
    const renewing = setInterval(() => void store.renewEnding(id).catch(() => undefined), RENEW_MS);
    try {
      return await end(tenant, again);
    } finally {
      clearInterval(renewing);
      await store.leaveEnding(id).catch(() => undefined);
    }
  };
}

export type EndContract = ReturnType<typeof createOffboarding>;
