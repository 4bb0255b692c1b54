// The contract that every channel keeps. One suite, run by every adapter; what is said here is what callers may rely on.
import fc from 'fast-check';
import type { ChannelAdapter } from '#libs/channels';
import { personal, reveal, type ChannelEvent } from '#libs/kernel';
import { casesOf, examplesOf } from '../cases/files.js';
import { NOW, plainResult, summary } from '../cases/plain.js';
import { census, identifierFaults } from './census.js';
import { CANARY_FIELD, CANARY_VALUE, mutated, withGarbageItems, withUnknownFields } from './payloads.js';
import type { ContractSubject } from './subject.js';

const HOUR_MS = 3_600_000;
const lookup = (headers: Readonly<Record<string, string>>) => (name: string) => headers[name.toLowerCase()];
const timesOf = ({ at, body }: ChannelEvent): number[] => ('until' in body ? [at, body.until] : [at]);
const dedupes = (events: readonly ChannelEvent[]) => events.map((event) => reveal(event.dedupe));

export function channelContract(adapter: ChannelAdapter, subject: ContractSubject): void {
  describe('manifest and registry', () => describeFacts(adapter, subject));
  if (subject.sign !== null) describe('signature', () => describeSignature(adapter, subject));
  describe('parse', () => describeParse(adapter, subject));
  if (adapter.lookUp) describe('look-ups', () => describeLookUp(adapter, subject));
}

function describeFacts(adapter: ChannelAdapter, subject: ContractSubject): void {
  const { manifest, identifiers, settings } = adapter;

  it('gives every fact with source and date', () => {
    const facts = [manifest.replyWindowMs, manifest.sendRate, manifest.slowRate, manifest.pairRate, manifest.maxText];
    for (const fact of [...facts, manifest.platformRole, manifest.platformRetention]) {
      if (fact === null) continue;
      expect(fact.source).toMatch(/\S.{5,}/);
      expect(fact.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
    expect(manifest.channel).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(manifest.bodyLimit).toBeGreaterThan(0);
    expect(manifest.maxText.value).toBe(adapter.capabilities.text?.['maxLength']);
  });

  it('names account and portfolio by settings that exist and are not secret', () => {
    for (const key of [adapter.accountSetting, adapter.portfolioSetting]) {
      if (key !== null) expect(settings.find((one) => one.key === key)).toMatchObject({ secret: false });
    }
    expect(
      Object.keys(subject.settings).filter((key) => settings.find((one) => one.key === key)?.secret !== false),
    ).toEqual([]);
    const required = settings.filter((one) => one.required && one.secret).map((one) => one.key);
    expect(Object.keys(subject.secrets)).toEqual(expect.arrayContaining(required));
  });

  it('registers each identifier once, with paths that are no one else’s, and something to reply to', () => {
    const keys = identifiers.map((one) => one.key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(identifiers.some(({ lookedUp }) => lookedUp)).toBe(adapter.lookUp !== undefined);
    for (const one of identifiers) {
      expect(one.key).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(new Set(one.paths).size).toBe(one.paths.length);
      expect(one.paths.length).toBeGreaterThan(0);
      for (const term of one.dpv) expect(term).toMatch(/^[A-Z][A-Za-z]+$/);
      for (const other of one.hiddenIn ?? []) expect(keys).toContain(other);
    }
    const routing = identifiers.filter((one) => one.role === 'routing');
    expect(routing.length).toBeGreaterThan(0);
    expect(routing.filter((one) => one.reply === 'none')).toEqual([]);
    expect(Object.keys(subject.address).filter((key) => !routing.some((one) => one.key === key))).toEqual([]);
  });
}

function describeSignature(
  adapter: ChannelAdapter,
  { sign, secrets, forged, handshake, message }: ContractSubject,
): void {
  if (sign === null) return;
  const raw = Buffer.from(JSON.stringify(message(1)));
  const headers = sign(raw, secrets);
  const verify = (bytes: Buffer, given: Readonly<Record<string, string>>, known = secrets) =>
    adapter.verify(bytes, lookup(given), known);

  it('takes what the platform signed', () => expect(verify(raw, headers)).toBe(true));
  it('refuses what is unsigned', () => expect(verify(raw, {})).toBe(false));
  it('refuses a truncated body', () => expect(verify(raw.subarray(0, -1), headers)).toBe(false));
  it('refuses a body altered by one byte, wherever', () => {
    for (let at = 0; at < raw.length; at += 7) {
      const altered = Buffer.from(raw);
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
      expect(verify(altered, headers)).toBe(false);
    }
  });
  it('refuses the signature of another account’s secret', () => {
    const others = Object.fromEntries(Object.keys(secrets).map((key) => [key, `other-${key}`]));
    expect(verify(raw, sign(raw, others))).toBe(false);
    expect(verify(raw, headers, others)).toBe(false);
  });
  it('refuses everything when it knows no secret', () => {
    expect(verify(raw, headers, {})).toBe(false);
    const empty = Object.fromEntries(Object.keys(secrets).map((key) => [key, '']));
    expect(verify(raw, sign(raw, empty), empty)).toBe(false);
  });
  it.each(Object.keys(forged))('refuses: %s', (trick) => expect(verify(raw, forged[trick]!(raw, secrets))).toBe(false));

  it('answers the subscription check to the right token only', () => {
    if (!handshake) return expect(adapter.handshake({}, secrets)).toBeNull();
    expect(adapter.handshake(handshake.query, secrets)).toBe(handshake.answer);
    expect(adapter.handshake(handshake.query, {})).toBeNull();
    expect(adapter.handshake({}, secrets)).toBeNull();
    for (const key of Object.keys(handshake.query)) {
      expect(adapter.handshake({ ...handshake.query, [key]: undefined }, secrets)).toBeNull();
    }
  });
}

function describeParse(adapter: ChannelAdapter, subject: ContractSubject): void {
  const { channel } = adapter.manifest;
  const parse = (payload: unknown, now = NOW) => adapter.parse(payload, now);
  const everyCase = [...casesOf(channel), ...examplesOf(channel)];

  it('same in, same out; and the input is left as it was', () => {
    for (const { payload } of everyCase) {
      const before = structuredClone(payload);
      expect(plainResult(parse(payload))).toEqual(plainResult(parse(payload)));
      expect(payload).toEqual(before);
    }
  });

  it('a redelivery is known by its dedupe, whenever it comes', () => {
    for (const { payload } of everyCase) {
      const again: unknown = JSON.parse(JSON.stringify(payload));
      expect(dedupes(parse(again, NOW + HOUR_MS).events)).toEqual(dedupes(parse(payload).events));
    }
  });

  it('two messages that differ only in their id are two', () => {
    const all = [1, 2, 3].flatMap((n) => dedupes(parse(subject.message(n)).events));
    expect(all).toHaveLength(3);
    expect(new Set(all).size).toBe(3);
  });

  it.each(everyCase.map((one) => [one.name, one] as const))('identifier census: %s', (_, { payload }) => {
    const { events } = parse(payload);
    expect(events.flatMap((event) => census(event, payload))).toEqual([]);
    expect(events.flatMap((event) => identifierFaults(event, adapter.identifiers))).toEqual([]);
  });

  it('names unknown fields by path, never by value', () => {
    for (const { payload } of everyCase) {
      const { undeclared } = parse(withUnknownFields(payload));
      expect(undeclared.join(' ')).not.toContain(CANARY_VALUE);
      expect(undeclared.filter((path) => path.endsWith(CANARY_FIELD)).length).toBeGreaterThan(0);
      expect(new Set(undeclared).size).toBe(undeclared.length);
    }
  });

  it('an unknown field changes nothing about the events', () => {
    for (const { payload } of everyCase) {
      expect(parse(withUnknownFields(payload)).events.map(summary)).toEqual(parse(payload).events.map(summary));
    }
  });

  it('garbage among the items takes no neighbour along', () => {
    for (const { payload } of everyCase) {
      const after = parse(withGarbageItems(payload)).events.map((event) => JSON.stringify(summary(event)));
      for (const event of parse(payload).events) expect(after).toContain(JSON.stringify(summary(event)));
    }
  });

  it('never throws, whatever the payload', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (payload) => void parse(payload)),
      { numRuns: 300 },
    );
    for (const nothing of [undefined, null, 0, '', [], {}, [[]], { entry: null }]) parse(nothing);
  });

  it.each(everyCase.map((one) => [one.name, one] as const))(
    'mutated, it never throws nor tells a value: %s',
    (_, one) => {
      fc.assert(
        fc.property(mutated(one.payload), (payload) => {
          const { events, undeclared } = parse(payload);
          expect(events.flatMap((event) => identifierFaults(event, adapter.identifiers))).toEqual([]);
          for (const path of undeclared) expect(path).toMatch(/^[\w$.[\]*-]{0,500}$/);
          expect(
            events.flatMap(timesOf).filter((time) => !Number.isSafeInteger(time) || time < 0 || time > NOW),
          ).toEqual([]);
        }),
        { numRuns: 40 },
      );
    },
  );

  it('bears depth and size', () => {
    parse(nested(500_000));
    const deep = nested(5000);
    for (const { payload } of casesOf(channel)) parse(graft(payload, deep));
    expect(parse(Array.from({ length: 10_000 }, () => null)).undeclared.length).toBeLessThanOrEqual(200);
    expect(parse({ entry: Array.from({ length: 10_000 }, () => 0) }).events.length).toBeLessThanOrEqual(200);
  });
}

function describeLookUp({ lookUp, identifiers, settings, manifest }: ChannelAdapter, subject: ContractSubject): void {
  const { asks, everything, refusals } = subject.lookUp!;
  const kinds = identifiers.filter(({ lookedUp }) => lookedUp);
  const keys = kinds.map(({ key }) => key);
  /** Where the registry says that the answer has it: `profile-api:first_name`. One call brings all. */
  const call = kinds
    .flatMap(({ paths }) => paths.map((path) => path.split(':')))
    .find((parts) => parts.length === 2)![0];
  const placeOf = (key: string): string =>
    kinds.find((kind) => kind.key === key)!.paths.find((path) => path.startsWith(`${call}:`))!;
  const address = Object.entries(subject.address).map(([key, value]) => ({ key, value: personal(value), path: '' }));
  const request = (wanted: readonly string[]) => lookUp!.request(wanted, { address, settings: subject.settings });
  const some = fc.subarray(keys, { minLength: 1 });

  it('asks for what is wanted and for nothing else', () => {
    fc.assert(
      fc.property(some, (wanted) => {
        const fields = wanted.map((key) => placeOf(key).split(':')[1]);
        expect(asks(request(wanted)!).toSorted()).toEqual(fields.toSorted());
      }),
    );
    expect(request([])).toBeNull();
    expect(request(['no_such_kind'])).toBeNull();
    expect(lookUp!.request(keys, { address: [], settings: subject.settings })).toBeNull();
  });

  it('with a secret of the connection, at a host of the channel', () => {
    const { bearer, base, url, method } = request(keys)!;
    expect(method).toBe('GET');
    if (bearer) expect(settings.find(({ key }) => key === bearer.secret)?.secret).toBe(true);
    if (base === undefined) expect(manifest.hosts).toContain(new URL(url).hostname);
  });

  it('reads what was asked for and nothing else, from where the registry says that it is', () => {
    fc.assert(
      fc.property(some, (wanted) => {
        const answer = lookUp!.read(everything, wanted);
        const found = answer.kind === 'found' ? answer.identifiers : [];
        expect(found.map(({ key, path }) => [key, path])).toEqual(wanted.map((key) => [key, placeOf(key)]));
        expect(found.filter(({ value }) => reveal(value) === '')).toEqual([]);
      }),
    );
  });

  it.each(refusals.map((one) => [one.name, one] as const))('reads a refusal: %s', (_, { response, kind }) =>
    expect(lookUp!.read(response, keys).kind).toBe(kind),
  );

  it('never throws, whatever was answered', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(200, 400, 404, 500), (json, status) => {
        lookUp!.read({ kind: 'answered', status, headers: {}, json }, keys);
      }),
      { numRuns: 300 },
    );
    lookUp!.read({ kind: 'answered', status: 200, headers: {} }, keys);
  });
}

/** Objects and lists in one another, with something known at the top. */
function nested(depth: number): unknown {
  let deep: unknown = 'bottom';
  for (let level = 0; level < depth; level++) deep = level % 2 ? [deep] : { entry: deep };
  return deep;
}

/** The payload with something put in place of each of its deepest values. */
function graft(value: unknown, scion: unknown): unknown {
  if (Array.isArray(value)) return value.map((inner) => graft(inner, scion));
  if (typeof value !== 'object' || value === null) return value;
  const grown = Object.entries(value).map(([name, inner]) => [name, graft(inner, scion)] as const);
  return { ...Object.fromEntries(grown), deep: scion, text: scion };
}
