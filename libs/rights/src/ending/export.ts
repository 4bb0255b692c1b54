// Everything that is held for a tenant, as one archive: what is returned at the end of the contract (Art. 28(3)(g)).
import { NIL_UUID } from '#libs/kernel';
import type { Readable } from 'node:stream';
import { rightsMandate, type InForce } from '#libs/instructions';
import type { Signer } from '#libs/ledger';
import type { BinRow, IncidentRow, Store, TenantRow } from '#libs/store';
import { openSubjectKey, type TenantKeys } from '#libs/vault';
import type { ActDeps } from '../acts/acts.js';
import { copyOf, type OpenFile, type SealedMessage } from '../acts/copy.js';
import { archive, type Entry } from '../evidence/archive.js';
import { createEvidenceFiles, manifest, type EvidenceDeps } from '../evidence/pack.js';

export interface ExportDeps extends EvidenceDeps {
  readonly openForPerson: ActDeps['openForPerson'];
  readonly openAttachment: OpenFile;
}

interface Of {
  readonly tenant: TenantRow;
  readonly keys: TenantKeys;
  readonly inForce: InForce | null;
  readonly versions: Awaited<ReturnType<Store['instructionVersions']>>;
  readonly at: Date;
}

const PAGE = 200;

const README = `Everything that was held for this business, returned at the end of the contract.

persons/          one file per person, as in /schemas/parley-access-1.json: identifiers, conversations, consents, disclosures
media/            the files that persons sent, by the ids in persons/
incidents.jsonl   the register of incidents with the notices that were given (Art. 33(5)), a line each
statistics.jsonl  the anonymous counts, an hour or a day a line

The rest is the evidence pack, see README.txt: it verifies together with these.
`;

export function createExport(deps: ExportDeps) {
  const { store, openForPerson, openAttachment, now } = deps;
  const evidence = createEvidenceFiles(deps);

  async function* person(subjectId: string, { tenant, keys, inForce, versions, at }: Of): AsyncGenerator<Entry> {
    let key: Buffer = Buffer.alloc(0);
    const mandate = rightsMandate(tenant.id, inForce, 'access');
    const held = await store.readPerson(mandate, subjectId, (wrapped) => (key = openSubjectKey(keys, subjectId, wrapped)));
    if (!held) return;
    const whose = { tenantId: tenant.id, subjectId, key };
    const request = { id: 'end-of-contract', exercised: 'access', received_at: at };
    const open = (message: SealedMessage): unknown => openForPerson(whose, message);
    const copy = copyOf({ request, person: held, keys, inForce, versions, open, unmasked: true, at });
    yield { path: `persons/${subjectId}.json`, content: JSON.stringify(copy) };
    for (const { id } of held.attachments) {
      const found = await store.attachment(tenant.id, id);
      if (found) yield { path: `media/${id}`, content: openAttachment(whose, id, found.bytes) };
    }
  } // prettier-ignore

  /** The register of incidents, for whoever has to keep one (Art. 33(5)). */
  async function* incidents({ id: tenantId }: TenantRow): AsyncGenerator<string> {
    for (let after: string | null = null; ;) {
      const page: IncidentRow[] = await store.incidentsOf(tenantId, after, PAGE);
      for (const { tenant_id: _, ...row } of page)
        yield `${JSON.stringify({ ...row, notices: await store.incidentNotices(tenantId, row.id) })}\n`;
      if (page.length < PAGE) return;
      after = page.at(-1)!.id;
    }
  }

  async function* statistics({ id: tenantId }: TenantRow): AsyncGenerator<string> {
    for (let after: Date | null = null; ;) {
      const page: BinRow[] = await store.statisticBins(tenantId, after, PAGE);
      for (const row of page) yield `${JSON.stringify(row)}\n`;
      if (page.length < PAGE) return;
      after = page.at(-1)!.starts;
    }
  }

  async function* entries(of: Of, signer: Signer): AsyncGenerator<Entry> {
    yield { path: 'RETURNED.txt', content: README };
    for (let after = NIL_UUID; ;) {
      const page = await store.subjectIds(of.tenant.id, after, PAGE);
      for (const subjectId of page) yield* person(subjectId, of);
      if (page.length < PAGE) break;
      after = page.at(-1)!;
    }
    yield { path: 'incidents.jsonl', content: incidents(of.tenant) };
    yield { path: 'statistics.jsonl', content: statistics(of.tenant) };
    yield* evidence.entries(of.tenant, { at: of.at, key: signer.key });
  }

  /** null when the keys are destroyed: then there is nothing that could be returned. */
  return async function exported(tenant: TenantRow): Promise<Readable | null> {
    const [keys, signer] = [await store.tenantKeys(tenant.id), await evidence.signerOf(tenant)];
    if (!keys || !signer) return null;
    const inForce = (await store.instructionsInForce(tenant.id)) as InForce | null;
    const at = new Date(now());
    const of = { tenant, keys, inForce, versions: await store.instructionVersions(tenant.id), at };
    return archive(entries(of, signer), { at, last: manifest(signer, at) });
  };
}

export type Export = ReturnType<typeof createExport>;
