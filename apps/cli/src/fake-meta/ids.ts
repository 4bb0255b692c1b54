// Identifiers in the shapes that the platform gives them, and a seeded shuffle for the order of webhooks.
import { createHash, randomBytes } from 'node:crypto';

/** A WhatsApp message id; like the real ones it contains the person's number in base64 (channels: they are personal data). */
export function wamid(person: string): string {
  const head = Buffer.from([0x1d, 0x0b, person.length & 0xff]);
  const body = Buffer.concat([head, Buffer.from(person), Buffer.from([0x15, 0x02, 0x00, 0x12, 0x18]), randomBytes(16)]);
  return `wamid.${body.toString('base64')}`;
}

/** A Messenger message id. */
export const mid = (): string => `m_${randomBytes(24).toString('base64url')}`;

/** An Instagram message id: base64 in which the account and the thread are named. */
export const igMid = (): string => `aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlE${randomBytes(36).toString('base64url')}`;

export const mediaId = (): string => String(BigInt(`0x${randomBytes(6).toString('hex')}`) + 10n ** 15n);

/** A business-scoped user id: two letters, a dot, up to 128 alphanumerics; `ENT.` marks a parent id. */
export const BSUID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** The BSUID of somebody of whom only the number is known: always the same one for the same number. */
export function bsuidOf(phone: string): string {
  const digits = BigInt(`0x${createHash('sha256').update(phone).digest('hex').slice(0, 16)}`);
  return `DE.${digits}`;
}

/** Fisher–Yates over a small linear congruential generator: the same seed, the same order. */
export function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const result = [...items];
  let state = seed >>> 0 || 1;
  for (let at = result.length - 1; at > 0; at--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (at + 1));
    [result[at], result[other]] = [result[other] as T, result[at] as T];
  }
  return result;
}
