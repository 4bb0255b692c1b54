// Statements of named persons about a version: approvals, one or two, put it in force; acknowledgements answer a notice (Art. 28(3)).
import { v7 as newId } from 'uuid';
import { appendLeaf } from './leaf.js';
import type { Db, Tx } from './pool.js';

export interface Statement {
  readonly name: string;
  readonly rules: readonly string[];
  /** Compact JWS. */
  readonly signature: string;
  readonly at: Date;
}

export interface NewStatement {
  readonly name: string;
  readonly credential: string;
  readonly rules: readonly string[];
  readonly signature: string;
}

/** `another-needed`: recorded, and a second person has to approve, too. `same-person`: by name or credential it is the first again. */
export type ApprovalOutcome = 'in-force' | 'another-needed' | 'same-person' | 'approved-already';

type Kind = 'approval' | 'acknowledgement';

interface Row extends Statement {
  readonly version: number;
  readonly kind: Kind;
  readonly credential: string;
}

const ROWS = `SELECT version, kind, name, credential, rules, signature, at FROM parley.instruction_statement WHERE tenant_id = $1`;

const insert = (tx: Tx, at: { tenantId: string; version: number; kind: Kind }, s: NewStatement): Promise<unknown[]> =>
  tx.query(
    `INSERT INTO parley.instruction_statement (tenant_id, id, version, kind, name, credential, rules, signature)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant_id, version, kind, name) DO NOTHING RETURNING id`,
    [at.tenantId, newId(), at.version, at.kind, s.name, s.credential, s.rules, s.signature],
  );

/** Where the version names it; of one that is gone, where it would stand. */
interface NamedHold {
  readonly hold: string;
  readonly clause: string;
}

/** What comes with a version, once it is approved. */
interface Consequences {
  /** New sub-processors: on the ledger it is the notice of Art. 28(2). */
  readonly announced?: readonly { readonly recipient: string; readonly from: string | null }[];
  /** Legal holds that begin or end with it, by their hashes. */
  readonly holds?: { readonly set: readonly NamedHold[]; readonly lifted: readonly NamedHold[] };
}

/** The approval itself comes first: its empty pointer names the whole document (RFC 6901). */
const leavesOf = ({ announced = [], holds }: Consequences) => [
  { type: 'instructions-approved', clause: '' },
  ...(announced.length > 0 ? [{ type: 'sub-processors-announced', clause: '/recipients', announced }] : []),
  ...(holds?.set ?? []).map((hold) => ({ type: 'legal-hold-set', ...hold })),
  ...(holds?.lifted ?? []).map((hold) => ({ type: 'legal-hold-lifted', ...hold })),
];

export function statementVerbs(db: Db) {
  return {
    /** Oldest first, of one version or of all. */
    instructionStatements: (tenantId: string, version: number | null): Promise<Row[]> =>
      db.inTenant(tenantId, (tx) =>
        tx.query<Row & object>(`${ROWS} AND ($2::int IS NULL OR version = $2) ORDER BY id`, [tenantId, version]),
      ),

    /** Records an approval; with the last that is needed the version is in force, from its time. */
    approveInstructions: (
      tenantId: string,
      version: number,
      approval: NewStatement & Consequences & { readonly needed: 1 | 2 },
    ): Promise<ApprovalOutcome> =>
      db.inTenant(tenantId, async (tx) => {
        await tx.query("SELECT pg_advisory_xact_lock(hashtext('instructions ' || $1))", [tenantId]);
        const [row] = await tx.query<{ hash: string; approved: boolean }>(
          'SELECT hash, approved_at IS NOT NULL AS approved FROM parley.instruction_version WHERE tenant_id = $1 AND version = $2',
          [tenantId, version],
        );
        if (!row || row.approved) return 'approved-already';
        const before = await tx.query<Row & object>(`${ROWS} AND version = $2 AND kind = 'approval' ORDER BY id`, [
          tenantId,
          version,
        ]);
        if (before.some((one) => one.name === approval.name || one.credential === approval.credential))
          return 'same-person';
        await insert(tx, { tenantId, version, kind: 'approval' }, approval);
        const { hash } = row;
        if (before.length + 1 < approval.needed) {
          await appendLeaf(tx, tenantId, { type: 'instructions-first-approval', version, hash, clause: '' });
          return 'another-needed';
        }
        const names = [...before.map(({ name }) => name), approval.name].join(', ');
        const [approved] = await tx.query<{ approved_at: Date; from: string | null }>(
          `UPDATE parley.instruction_version SET approved_at = clock_timestamp(), approved_by = $3, acknowledged = $4
           WHERE tenant_id = $1 AND version = $2 RETURNING approved_at, document->'effective'->>'from' AS from`,
          [tenantId, version, names, approval.rules],
        );
        const { approved_at: at, from } = approved!;
        // From when it holds, what is held already is looked through once.
        await tx.query(
          'INSERT INTO parley.instruction_application (tenant_id, version, not_before) VALUES ($1, $2, $3)',
          [tenantId, version, new Date(Math.max(at.getTime(), from === null ? 0 : Date.parse(from)))],
        );
        for (const leaf of leavesOf(approval)) await appendLeaf(tx, tenantId, { version, hash, ...leaf });
        // With the commit and not after it: whoever dies in between has told the others.
        await tx.query("SELECT pg_notify('parley_changes', $1)", [tenantId]);
        return 'in-force';
      }),

    /** Records that a person took note of what is wrong with a version; false when this person has said so before. */
    acknowledgeFindings: (tenantId: string, version: number, statement: NewStatement): Promise<boolean> =>
      db.inTenant(tenantId, async (tx) => {
        const made = await insert(tx, { tenantId, version, kind: 'acknowledgement' }, statement);
        if (made.length === 0) return false;
        await appendLeaf(tx, tenantId, {
          type: 'infringement-acknowledged',
          version,
          clause: '',
          rules: statement.rules,
        });
        return true;
      }),
  };
}
