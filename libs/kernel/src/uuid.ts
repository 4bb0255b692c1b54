// Our ids as they are written: uuids in lower case, as PostgreSQL prints them.

/** For patterns that contain one. */
export const UUID_PATTERN = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

const UUID = new RegExp(`^${UUID_PATTERN}$`);

/** Could this be an id of ours? What is none names nothing, and PostgreSQL need not be asked. */
export const isUuid = (text: string): boolean => UUID.test(text);

/** RFC 9562, 5.9: sorts before every id, so that reading page by page begins after it. */
export const NIL_UUID = '00000000-0000-0000-0000-000000000000';
