// A platform's name of something as one part of an address.

/** Half a character is no name of anything, and no address can have one: the platform is asked for what it does not know. */
export const segment = (name: string): string => encodeURIComponent(name.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
