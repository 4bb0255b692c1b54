// Instructions that keep everything that the channels can expose, sealed: what is dropped cannot be found anyway.
import { CHANNELS } from '#libs/channels';
import { CATEGORIES, type IdentifierKind } from '#libs/kernel';
import { instructions } from '../support/acme.js';

/** Comes in by itself, without being looked up. */
export const isSeen = ({ paths }: IdentifierKind): boolean => paths.some((place) => !place.includes('-api:'));

export function keepingAll(botUrl: string) {
  const kept = (kinds: readonly IdentifierKind[]): object =>
    Object.fromEntries(kinds.filter((one) => isSeen(one) || one.lookedUp).map(({ key }) => [key, 'keep']));
  // Two channels may be asked for the same.
  const features = new Set(
    CHANNELS.flatMap(({ identifiers }) => identifiers.filter(({ lookedUp }) => lookedUp).map(({ key }) => key)),
  );
  return {
    ...instructions(botUrl),
    channels: Object.fromEntries(
      CHANNELS.map(({ manifest: { channel }, identifiers }) => [channel, { identifiers: kept(identifiers) }]),
    ),
    purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: CATEGORIES, features: [...features] } },
    retention: CATEGORIES.map((data) => ({ data, period: 'P30D' })),
  };
}
