// The contract where values are odd: keys that every object has by itself, halves of characters, texts for numbers. Nothing throws.
import type { ChannelAdapter } from '#libs/channels';
import { personal, type HttpResponse, type OutboundContent } from '#libs/kernel';
import { casesOf } from '../cases/files.js';
import { NOW, summary } from '../cases/plain.js';
import { identifierFaults } from './census.js';
import { ODD_MAPS, ODD_TEXTS, oddly, oddlyWorded, withOddKeys } from './payloads.js';
import { SAMPLES } from './samples.js';
import type { ContractSubject } from './subject.js';

export function oddContract(adapter: ChannelAdapter, subject: ContractSubject): void {
  describe('odd updates', () => describeUpdates(adapter));
  describe('odd words and names', () => describeWords(adapter, subject));
  describe('odd answers', () => describeAnswers(adapter));
}

function describeUpdates({ manifest: { channel }, identifiers, parse }: ChannelAdapter): void {
  const payloads = casesOf(channel).map(({ payload }) => payload);

  it.each(ODD_MAPS.map((odd) => [JSON.stringify(odd), odd]))('%s in every object changes no event', (_, odd) => {
    for (const payload of payloads)
      expect(parse(withOddKeys(payload, odd), NOW).events.map(summary)).toEqual(
        parse(payload, NOW).events.map(summary),
      );
  });

  it.each(casesOf(channel).map(({ name, payload }) => [name, payload]))(
    'anything at any place is an event with identifiers of the registry, or none: %s',
    (_, payload) => {
      for (const odd of oddly(() => structuredClone(payload)))
        expect(parse(odd, NOW).events.flatMap((event) => identifierFaults(event, identifiers))).toEqual([]);
    },
  );
}

function describeWords({ render, media, lookUp, identifiers }: ChannelAdapter, subject: ContractSubject): void {
  const { settings, target } = subject;
  const addressOf = (address: Readonly<Record<string, string>>) =>
    Object.entries(address).map(([key, value]) => ({ key, value: personal(value), path: 'kept' }));
  const addresses = [subject.address, ...oddlyWorded(() => ({ ...subject.address }))];
  const isOfItsType = (message: OutboundContent): boolean =>
    Object.hasOwn(SAMPLES, message.type) && (message.type !== 'media' || message.media === 'image');
  const messages = Object.values(SAMPLES).flatMap((one) => [one, ...oddlyWorded(() => structuredClone(one)).filter(isOfItsType)]); // prettier-ignore

  it('are rendered or refused', () => {
    for (const address of addresses)
      for (const message of messages) {
        const context = { address: addressOf(address), settings, opaqueId: 'opaque-1', target, windowOpen: true };
        const result = render(message, context);
        expect('refused' in result || result.requests.every((one) => JSON.stringify(one).length > 0)).toBe(true);
      }
  });

  it('name a file or a person at an address of their own, or none', () => {
    const kinds = identifiers.filter(({ lookedUp }) => lookedUp).map(({ key }) => key);
    const paths = [
      ...ODD_TEXTS.flatMap((odd) => [{ id: odd }, { url: odd }]).map((source) => {
        const plan = media?.(source, settings);
        return plan && 'request' in plan ? plan.request : null;
      }),
      ...addresses.map((address) => lookUp?.request(kinds, { address: addressOf(address), settings })),
    ].flatMap((request) => request?.url ?? []);
    for (const path of paths) expect(path).toMatch(/^\/[^/?#]+$/);
  });
}

/** All that is read of any answer. */
const ANSWER = {
  error: { message: 'x', type: 'x', code: 100, error_subcode: 33, is_transient: false, error_data: { details: 'x' } },
  messages: [{ id: 'x', message_status: 'accepted' }],
  message_id: 'x',
  recipient_id: '1',
  id: '1',
  url: 'https://files.example.org/a',
  name: 'x',
  username: 'x',
  display_phone_number: '1',
};
const { error: _refused, ...TAKEN } = ANSWER;

function describeAnswers({ interpret, check, media, lookUp, identifiers, settings }: ChannelAdapter): void {
  const kinds = identifiers.filter(({ lookedUp }) => lookedUp).map(({ key }) => key);
  const entered = Object.fromEntries(settings.map(({ key }) => [key, '1']));
  const bodies = [...ODD_MAPS, ...[ANSWER, TAKEN].flatMap((one) => [...oddly(() => structuredClone(one)), ...ODD_MAPS.map((odd) => withOddKeys(one, odd))])]; // prettier-ignore

  it('are read as something', () => {
    const plan = media?.({ id: '1' }, entered);
    const next = plan && 'next' in plan ? plan.next : undefined;
    for (const status of [200, 400, 404, 500])
      for (const json of bodies) {
        const answer: HttpResponse = { kind: 'answered', status, headers: {}, json };
        expect(interpret(answer, 1).kind).toEqual(expect.any(String));
        if (lookUp) expect(lookUp.read(answer, kinds).kind).toEqual(expect.any(String));
        if (check) expect(check.read(answer, entered).health).toMatch(/healthy$/);
        next?.(answer);
      }
  });
}
