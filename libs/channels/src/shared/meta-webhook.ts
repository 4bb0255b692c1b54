// What all of Meta's webhooks have in common: the subscription check and the signature over the raw bytes.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { HeaderLookup } from '../contract.js';

const SIGNATURE = /^sha256=([0-9a-f]{64})$/i;

/**
 * Is the body signed with this app's secret? Only SHA-256 counts: the older `X-Hub-Signature` (SHA-1) is not read at all.
 * Source: Meta, "Create a webhook endpoint" (March 2026). False on anything missing or malformed.
 */
export function isSignedByMeta(raw: Buffer, header: HeaderLookup, appSecret: string | undefined): boolean {
  const given = SIGNATURE.exec(header('x-hub-signature-256') ?? '')?.[1];
  if (!given || !appSecret) return false;
  const wanted = createHmac('sha256', appSecret).update(raw).digest();
  return timingSafeEqual(wanted, Buffer.from(given, 'hex'));
}

/** The challenge to answer when Meta checks the subscription with our verify token; null refuses. */
export function metaChallenge(
  query: Readonly<Record<string, string | undefined>>,
  verifyToken: string | undefined,
): string | null {
  const { 'hub.mode': mode, 'hub.verify_token': given, 'hub.challenge': challenge } = query;
  if (mode !== 'subscribe' || !given || !verifyToken || !challenge) return null;
  return sameText(given, verifyToken) ? challenge : null;
}

/** Constant time also for texts of different length: their digests are compared. */
function sameText(a: string, b: string): boolean {
  const digest = (value: string) => createHmac('sha256', 'compare').update(value).digest();
  return timingSafeEqual(digest(a), digest(b));
}
