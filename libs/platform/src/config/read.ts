// Readers: the text of an environment variable becomes a value, or a mistake that does not quote it.
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import ipaddr from 'ipaddr.js';

/** What is wrong with a value, completing "NAME …": never the value itself. */
export class Mistake {
  constructor(readonly what: string) {}
}

export const integer =
  (least: number, most: number) =>
  (text: string): number | Mistake => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    return value >= least && value <= most ? value : new Mistake(`must be a whole number from ${least} to ${most}`);
  };

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;

export const host = (text: string): string | Mistake =>
  isIP(text) || HOST_NAME.test(text) ? text : new Mistake('must be an IP address or a host name');

/** Answers the URL without a slash at its end. */
export const url =
  (protocols: readonly string[]) =>
  (text: string): string | Mistake => {
    const parsed = URL.parse(text);
    const fits = parsed !== null && protocols.includes(parsed.protocol) && parsed.hostname !== '';
    return fits
      ? text.replace(/\/+$/, '')
      : new Mistake(`must be a URL that begins with ${protocols.join('// or ')}//`);
  };

/** Answers an absolute path. */
export const path = (text: string): string | Mistake =>
  text.includes('\0') ? new Mistake('must be a path') : resolve(text);

const LONGEST_LINE = 300;

export const line = (text: string): string | Mistake =>
  text.length <= LONGEST_LINE && !/\p{Cc}/u.test(text)
    ? text
    : new Mistake(`must be one line of at most ${LONGEST_LINE} characters`);

export const KEY_BYTES = 32;

export const key = (text: string): Buffer | Mistake => {
  const bytes = Buffer.from(text, 'base64');
  const whole = bytes.length === KEY_BYTES && bytes.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  return whole ? bytes : new Mistake(`must be ${KEY_BYTES} bytes in base64 (make one with: openssl rand -base64 32)`);
};

const TOKEN_LENGTH = 16;

export const token = (text: string): string | Mistake =>
  text.length >= TOKEN_LENGTH && /^[\x21-\x7e]+$/.test(text)
    ? text
    : new Mistake(`must have at least ${TOKEN_LENGTH} characters, without spaces`);

export const onOff = (text: string): boolean | Mistake => {
  if (/^(on|true|yes|1)$/i.test(text)) return true;
  if (/^(off|false|no|0)$/i.test(text)) return false;
  return new Mistake('must be on or off');
};

export const oneOf =
  <const T extends string>(choices: readonly T[]) =>
  (text: string): T | Mistake =>
    choices.find((choice) => choice === text) ?? new Mistake(`must be one of ${choices.join(', ')}`);

export const listOf =
  <const T extends string>(choices: readonly T[]) =>
  (text: string): ReadonlySet<T> | Mistake => {
    const named = text.split(',').map((part) => choices.find((choice) => choice === part.trim()));
    const known = named.filter((choice) => choice !== undefined);
    const fits = known.length === named.length && known.length > 0;
    return fits ? new Set(known) : new Mistake(`must be a list of ${choices.join(', ')}, with commas between`);
  };

/** Addresses and ranges (CIDR), with commas between. */
export const addresses = (text: string): readonly string[] | Mistake => {
  const all = text.split(',').map((one) => one.trim());
  return all.every((one) => ipaddr.isValid(one) || ipaddr.isValidCIDR(one))
    ? all
    : new Mistake('must be a list of IP addresses or ranges such as 10.0.0.0/8, with commas between');
};

/** ISO 3166-1. */
export const countries = (text: string): readonly string[] | Mistake => {
  const all = text.split(',').map((one) => one.trim().toUpperCase());
  return all.every((one) => /^[A-Z]{2}$/.test(one))
    ? all
    : new Mistake('must be a list of countries as two letters such as DE, with commas between');
};

export const graphVersion = (text: string): string | Mistake =>
  /^v\d{1,3}\.\d{1,2}$/.test(text) ? text : new Mistake('must look like v26.0');
