// Which leaves of the ledger are about a person: only who has the person's key can tell. When the key is destroyed the
// tags are noise, and the ledger stays as it is.
import { createHmac, randomUUID } from 'node:crypto';

export interface SubjectTag {
  /** Random, and nowhere else: it links to no message. */
  readonly event: string;
  readonly subjectTag: string;
}

/** A key of its own for tags, from the person's random one: it is gone when that one is. */
const auditKey = (subjectKey: Buffer): Buffer => createHmac('sha256', subjectKey).update('parley/audit').digest();

const tagOf = (subjectKey: Buffer, event: string): string =>
  createHmac('sha256', auditKey(subjectKey)).update(event).digest('base64url');

/** For a leaf that records a decision about one person. */
export function newSubjectTag(subjectKey: Buffer): SubjectTag {
  const event = randomUUID();
  return { event, subjectTag: tagOf(subjectKey, event) };
}

/** Is this leaf about the person of this key? */
export function isAbout(subjectKey: Buffer, leaf: object): boolean {
  const { event, subjectTag } = leaf as Partial<SubjectTag>;
  return typeof event === 'string' && tagOf(subjectKey, event) === subjectTag;
}
