// What makes an update without an id the same as its redelivery: SHA-256 over its canonical form.
import { createHash } from 'node:crypto';

/** Hashing small pieces one by one costs more than the hashing. */
const CHUNK = 64 * 1024;

type Step = { readonly mark: string } | { readonly value: unknown };

/**
 * Hex SHA-256 of any JSON value, the same for any order of keys. Walks with a stack of its own instead of recursion, so that
 * deeply nested input cannot end it.
 */
export function fingerprint(value: unknown): string {
  const hash = createHash('sha256');
  const pending: Step[] = [{ value }];
  let written = '';
  for (let step = pending.pop(); step !== undefined; step = pending.pop()) {
    written += 'mark' in step ? step.mark : begin(step.value, pending);
    if (written.length < CHUNK) continue;
    hash.update(written);
    written = '';
  }
  return hash.update(written).digest('hex');
}

/** Text with which a value begins; what follows is put on the stack. */
function begin(value: unknown, pending: Step[]): string {
  if (typeof value !== 'object' || value === null) return `${JSON.stringify(value) ?? 'null'},`;
  if (Array.isArray(value)) {
    pending.push({ mark: ']' });
    // Last in, first out: pushed backwards so that they are written forwards.
    for (let index = value.length - 1; index >= 0; index--) pending.push({ value: value[index] as unknown });
    return '[';
  }
  pending.push({ mark: '}' });
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? 1 : -1));
  for (const [key, inner] of entries) pending.push({ value: inner }, { mark: `${JSON.stringify(key)}:` });
  return '{';
}
