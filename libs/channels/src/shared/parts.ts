// One message as several requests: only the last of them names it.

/**
 * What the platform says of a request that names the message is said of the message; so the last one names it, because then all of
 * it went out. The others are marked as ours.
 */
export const partId = (opaqueId: string, part: { readonly index: number; readonly of: number }): string =>
  part.index === part.of - 1 ? opaqueId : `${opaqueId}:${part.index + 1}`;
