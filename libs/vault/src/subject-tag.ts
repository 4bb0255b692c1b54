// Which leaves of the ledger are about a person: only who has the person's key can tell. When the key is destroyed the
// tags are noise, and the ledger stays as it is.
import { createHmac, createSecretKey, randomUUID, type KeyObject } from 'node:crypto';
import { keyObject } from './key-object.js';

export interface SubjectTag {
  /** Random, and nowhere else: it links to no message. */
  readonly event: string;
  readonly subjectTag: string;
}

/** A key of its own for tags, from the person's random one: it is gone when that one is. */
const auditKey = (subjectKey: Buffer): KeyObject =>
  createSecretKey(createHmac('sha256', keyObject(subjectKey)).update('parley/audit').digest());

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
