// Versions as the API shows them: the row, whether it is in force, and what named persons said of it.
import type { PipeTransform } from '@nestjs/common';
import { approvalsFor, infringements, type Finding, type InstructionsDocument } from '#libs/instructions';
import { Problem } from '#libs/kernel';
import type { InstructionVersion, Statement, Store } from '#libs/store';
import type { StatementDto, VersionDto } from './instructions.dto.js';

export class VersionPipe implements PipeTransform<string, number> {
  transform(value: string): number {
    if (!/^[1-9]\d{0,8}$/.test(value)) throw new Problem('not-found');
    return Number(value);
  }
}

export async function versionOf(store: Store, tenantId: string, version: number): Promise<InstructionVersion> {
  const row = await store.instructionVersion(tenantId, version);
  if (!row) throw new Problem('not-found');
  return row;
}

export const rulesOf = (
  { findings }: Pick<InstructionVersion, 'findings'>,
  severity: Finding['severity'],
): string[] => [...new Set(findings.filter((f) => f.severity === severity).map((f) => f.rule))];

/** Rules of the notice that the controller was given with this version. */
export const noticeOf = (row: InstructionVersion): string[] =>
  infringements(row.findings as readonly Finding[]).map(({ rule }) => rule);

export const documentOf = (row: InstructionVersion): InstructionsDocument => row.document as InstructionsDocument;

/** A document with errors is never approved, and may not even have the sections that say by how many. */
export const neededFor = (row: InstructionVersion, inForce: InstructionVersion | null): 1 | 2 =>
  rulesOf(row, 'error').length > 0 ? 1 : approvalsFor(documentOf(row), inForce ? documentOf(inForce) : undefined);

const statementDto = ({ name, rules, signature, at }: Statement): StatementDto => ({
  by: name,
  rules,
  at: at.toISOString(),
  signature,
});

export interface Around {
  readonly inForce: InstructionVersion | null;
  readonly statements: Awaited<ReturnType<Store['instructionStatements']>>;
}

/** What has to be known to show versions: one of them, or all. */
export async function around(store: Store, tenantId: string, version: number | null): Promise<Around> {
  const [inForce, statements] = await Promise.all([
    store.instructionsInForce(tenantId),
    store.instructionStatements(tenantId, version),
  ]);
  return { inForce, statements };
}

export function versionDto(row: InstructionVersion, { inForce, statements }: Around): VersionDto {
  const said = (kind: string): StatementDto[] =>
    statements.filter((one) => one.version === row.version && one.kind === kind).map(statementDto);
  const approvals = said('approval');
  return {
    version: row.version,
    supersedes: row.supersedes,
    hash: row.hash,
    submittedAt: row.submitted_at.toISOString(),
    approvedAt: row.approved_at?.toISOString() ?? null,
    approvedBy: row.approved_by,
    acknowledged: row.acknowledged,
    approvalsNeeded: row.approved_at ? approvals.length : neededFor(row, inForce),
    approvals,
    notice: { rules: noticeOf(row), acknowledged: said('acknowledgement') },
    inForce: row.version === inForce?.version,
  };
}
