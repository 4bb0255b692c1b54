// Ids of the gateway's own buttons: what is said by pressing one, and behind it a seal for the person who was asked. Without one it is somebody else's.
import { timingSafeEqual } from 'node:crypto';

/** Only who keeps the tenant's keys can make it; for one person and one saying. */
export type ChoiceSeal = (says: string) => string;

export const sealedChoice = (says: string, seal: ChoiceSeal): string => `${says}:${seal(says)}`;

export function isSealedBy(seal: ChoiceSeal, id: string): boolean {
  const end = id.lastIndexOf(':');
  const [given, wanted] = [id.slice(end + 1), seal(id.slice(0, Math.max(end, 0)))].map((one) => Buffer.from(one));
  return given!.length === wanted!.length && timingSafeEqual(given!, wanted!);
}
