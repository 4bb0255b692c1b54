// The largest webhooks: a shared app's are read before anything of them is known to be genuine, so the time grows with the size, not with its square.
import { CHANNELS } from '#libs/channels';
import { reveal, type ChannelEvent } from '#libs/kernel';

const PARSE = CHANNELS.find(({ manifest }) => manifest.channel === 'whatsapp-cloud')!;
const PERSONS = 20_000;
const idOf = ({ dedupe }: ChannelEvent): string => reveal(dedupe);

it('twenty thousand persons of whom no item speaks', () => {
  const contacts = Array.from({ length: PERSONS }, (_, n) => ({ wa_id: String(4_915_500_000_000 + n), profile: { name: 'x' } }));
  const value = { messaging_product: 'whatsapp', metadata: { phone_number_id: '5' }, contacts };
  const body = { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages', value }] }] };
  const began = process.cpuUsage();
  const { events } = PARSE.parse(body, Date.now());
  // Each of them with a hash of all of them would take a quarter of an hour.
  expect(process.cpuUsage(began).user / 1_000).toBeLessThan(20_000);
  const once = new Set(events.map(idOf));
  expect([events.length, once.size]).toEqual([PERSONS, PERSONS]);
  // The same webhook again is a redelivery; in another one the same persons are others.
  expect(idOf(PARSE.parse(structuredClone(body), Date.now()).events[0]!)).toBe(idOf(events[0]!));
  const other = PARSE.parse({ ...body, entry: [{ id: '1', changes: [{ field: 'messages', value: { ...value, contacts: contacts.slice(1) } }] }] }, Date.now());
  expect(once.has(idOf(other.events[0]!))).toBe(false);
}); // prettier-ignore

it.each(['added_participants', 'removed_participants', 'failed_participants'])('ten thousand persons in %s of a group', (list) => {
  const members = Array.from({ length: 10_000 }, (_, n) => ({ wa_id: String(4_915_500_000_000 + n) }));
  const value = { metadata: { phone_number_id: '5' }, groups: [{ group_id: 'g', timestamp: '1700000000', [list]: members }] };
  const change = { field: 'group_participants_update', value };
  const began = process.cpuUsage();
  const { events } = PARSE.parse({ object: 'whatsapp_business_account', entry: [{ id: '1', changes: [change] }] }, Date.now());
  expect(process.cpuUsage(began).user / 1_000).toBeLessThan(20_000);
  expect(new Set(events.map(idOf)).size).toBe(10_000);
}); // prettier-ignore
