// The evidence pack of one tenant (Art. 28(3)(h)): everything by which it can be shown, without this gateway, what was instructed and done.
import type { Readable } from 'node:stream';
import { NIL_UUID, Problem } from '#libs/kernel';
import { unlessBroken, type Ledger, type Signer, type StandingOf } from '#libs/ledger';
import type { InstructionVersion, RightsRequestRow, Store, TenantRow } from '#libs/store';
import { answersOf, untoldLater } from '../acts/certificate.js';
import { archive, digestLines, type Digest, type Entry } from './archive.js';
import { paperFiles } from './papers.js';

export interface EvidenceDeps {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly standingOf: StandingOf;
  /** The stand-alone verifier, as a file of the pack. */
  readonly verifier: () => Promise<Buffer>;
  readonly now: () => number;
}

const PAGE = 500;
const json = (value: unknown): string => JSON.stringify(value, null, 2);

const README = `This is the evidence of one business, made by the gateway that processes its messages.

Unpack it, and verify it with nothing but Node 20 or newer:

    node verify-ledger.mjs pack . --key "$KEY" --checkpoint kept.json

KEY is the verifier key and kept.json a checkpoint that you fetched and kept earlier. Without --key the key in the pack is believed, and without
--checkpoint a ledger that was rewritten from the beginning is not found. Use a copy of verify-ledger.mjs that you trust.

instructions/  every version, with its hash and who approved it; each approval is a leaf of the ledger
papers/        record of processing, annexes, sub-processors: now, and as of each approval
ledger/        all leaves, the checkpoints that were kept, proofs
rights/        requests of data subjects with their evidence and certificates, by random ids
deletion/      the test of deletion: whether anything leads to a person who is no longer there
MANIFEST       the hash of every file, signed with the key of the ledger

There is no data of a person in it.
`;

const versionFile = (version: InstructionVersion): object => ({
  version: version.version,
  supersedes: version.supersedes,
  hash: version.hash,
  submittedAt: version.submitted_at.toISOString(),
  approvedAt: version.approved_at?.toISOString() ?? null,
  approvedBy: version.approved_by,
  acknowledged: version.acknowledged,
  findings: version.findings,
  document: version.document,
});

/** The files of the pack but the last. */
export function createEvidenceFiles({ store, ledger, standingOf, verifier }: EvidenceDeps) {
  async function* instructionFiles(tenant: TenantRow): AsyncGenerator<Entry> {
    const versions = (await store.instructionVersions(tenant.id)).toSorted((a, b) => a.version - b.version);
    for (const version of versions) {
      yield { path: `instructions/v${version.version}.json`, content: json(versionFile(version)) };
      if (version.approved_at) yield* paperFiles(`papers/v${version.version}`, await standingOf(tenant, version.approved_at));
    }
  } // prettier-ignore

  async function requestFile({ id }: TenantRow, row: RightsRequestRow): Promise<object> {
    const notices = await store.noticesOf(id, row.id);
    return {
      request: row.id,
      right: row.exercised,
      state: row.state,
      source: row.source,
      receivedAt: row.received_at.toISOString(),
      dueAt: row.due_at.toISOString(),
      completedAt: row.completed_at?.toISOString() ?? null,
      instructions: { version: row.instruction_version, clause: row.clause },
      justification: row.justification,
      // As the ledger has its hash; who turned out later to have data stands beside it.
      evidence: row.evidence,
      untoldLater: untoldLater(notices),
      recipients: answersOf(notices),
    };
  }

  async function* requests(tenant: TenantRow): AsyncGenerator<string> {
    for (let after = NIL_UUID; ;) {
      const page = await store.rightsRequests(tenant.id, after, PAGE);
      for (const row of page) yield `${JSON.stringify(await requestFile(tenant, row))}\n`;
      if (page.length < PAGE) return;
      after = page.at(-1)!.id;
    }
  }

  /** Of each approval that it is in the ledger; and that the ledger goes on where its oldest kept checkpoint ended. */
  async function* proofFiles({ id }: TenantRow): AsyncGenerator<Entry> {
    const base64 = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('base64'));
    await ledger.place(id);
    for (const position of await store.approvalPositions(id)) {
      const proof = await unlessBroken(ledger.inclusion(id, position));
      if (!proof) continue;
      const { head, leaf, hashes } = proof;
      const content = json({ checkpoint: head.note, key: head.key, leaf, hashes: base64(hashes) });
      yield { path: `ledger/proofs/leaf-${position}.json`, content };
    }
    const [oldest] = await ledger.checkpoints(id);
    const proof = oldest && (await unlessBroken(ledger.consistency(id, oldest.size)));
    if (!proof) return;
    const content = json({ older: oldest.note, checkpoint: proof.head.note, key: proof.head.key, hashes: base64(proof.hashes) }); // prettier-ignore
    yield { path: 'ledger/proofs/consistency.json', content };
  }

  async function deletionReport(tenant: TenantRow, at: Date): Promise<object> {
    const tables = await store.leftovers(tenant.id);
    return {
      schema: 'parley-deletion-test/1',
      about: 'Every table about persons, and how many of its rows lead to a person who is no longer there. An erasure or a retention run at this moment may leave some for a second.',
      at: at.toISOString(),
      sound: tables.every(({ leftovers }) => leftovers === 0),
      tables,
    }; // prettier-ignore
  }

  async function* entries(tenant: TenantRow, { at, key }: { at: Date; key: string }): AsyncGenerator<Entry> {
    yield { path: 'README.txt', content: README };
    yield { path: 'key', content: `${key}\n` };
    yield { path: 'verify-ledger.mjs', content: await verifier() };
    yield* instructionFiles(tenant);
    yield* paperFiles('papers/now', await standingOf(tenant, at));
    yield { path: 'rights/requests.jsonl', content: requests(tenant) };
    yield { path: 'deletion/test.json', content: json(await deletionReport(tenant, at)) };
    yield* proofFiles(tenant);
    yield { path: 'ledger/checkpoints.json', content: json(await ledger.checkpoints(tenant.id)) };
    // Last, so that what the other files say is in it already.
    yield { path: 'ledger/ledger.jsonl', content: ledger.lines(tenant.id) };
  }

  return { entries, signerOf: (tenant: TenantRow): Promise<Signer | null> => ledger.signer(tenant.id, 'evidence') };
}

/** The pack as a zip archive that is made while it is read. @throws Problem gone, when the tenant's keys are destroyed */
export function createEvidence(deps: EvidenceDeps) {
  const { entries, signerOf } = createEvidenceFiles(deps);
  return async function evidence(tenant: TenantRow): Promise<Readable> {
    const signer = await signerOf(tenant);
    if (!signer) throw new Problem('gone');
    const at = new Date(deps.now());
    return archive(entries(tenant, { at, key: signer.key }), { at, last: manifest(signer, at) });
  };
}

/** What an archive ends with. */
export const manifest =
  (signer: Signer, at: Date) =>
  (digests: readonly Digest[]): Entry => ({
    path: 'MANIFEST',
    content: signer.sign([at.toISOString(), ...digestLines(digests)]),
  });

export type Evidence = ReturnType<typeof createEvidence>;
