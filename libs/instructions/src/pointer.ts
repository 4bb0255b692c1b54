// JSON pointers (RFC 6901): how findings, clauses and mandates name a place in the document.

/** `~` and `/` are escaped in a JSON pointer. */
export const pointer = (...parts: readonly (string | number)[]): string =>
  parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The reverse of {@link pointer}. */
export const partsOf = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
