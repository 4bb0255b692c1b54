// What a named person says of a version of the instructions, signed with the tenant's key over the version's RFC 8785 hash.
import { Problem } from '#libs/kernel';
import type { Signatures } from '#libs/ledger';
import type { InstructionVersion, NewStatement } from '#libs/store';

export interface Said {
  readonly tenantId: string;
  readonly says: 'approves' | 'acknowledges';
  readonly of: Pick<InstructionVersion, 'version' | 'supersedes' | 'hash'>;
  readonly name: string;
  /** With which credential, by its id. */
  readonly credential: string;
  /** Rules of the findings that the person has read and accepts. */
  readonly rules: readonly string[];
  readonly at: Date;
}

export async function statementOf(signatures: Signatures, said: Said): Promise<NewStatement> {
  const { tenantId, says, name, credential, rules, at } = said;
  const { version, supersedes, hash } = said.of;
  const document = {
    schema: 'parley-instructions-statement/1',
    tenant: tenantId,
    says,
    by: name,
    at: at.toISOString(),
    version,
    supersedes,
    sha256: hash,
    rules,
  };
  const signed = await signatures.sign(tenantId, 'parley-instructions-statement', document);
  if (!signed) throw new Problem('gone', 'The keys of this tenant are destroyed.');
  return { name, credential, rules, signature: signed.jws };
}
