// A person writes: the webhook that the platform would send, with the sender's identifiers as it exposes them.
import { bsuidOf, wamid } from './ids.js';
import { productOf } from './products.js';
import { envelope } from './statuses.js';
import type { Inbound, WhatsAppPerson } from './types.js';
import type { World } from './world.js';

function whatsApp(world: World, inbound: Inbound): { readonly id: string; readonly payload: unknown } {
  const { from, account, businessAccount } = inbound;
  const person: WhatsAppPerson = { ...from, bsuid: from.bsuid ?? bsuidOf(from.phone ?? '') };
  const id = wamid(person.phone ?? String(person.bsuid));
  world.messages.set(id, { account, person: person.phone ?? String(person.bsuid) });
  const message = {
    ...(person.phone ? { from: person.phone } : {}),
    from_user_id: person.bsuid,
    id,
    timestamp: String(Math.floor(world.clock() / 1000)),
    ...(inbound.message ?? { type: 'text', text: { body: inbound.text ?? '' } }),
  };
  const contact = {
    profile: { name: person.name ?? 'Test Person', ...(person.username ? { username: person.username } : {}) },
    ...(person.phone ? { wa_id: person.phone } : {}),
    user_id: person.bsuid,
  };
  world.people.heard(account, person, world.clock());
  return { id, payload: envelope(account, { contacts: [contact], messages: [message] }, businessAccount) };
}

/** Somebody writes to a page or an Instagram account. */
function toPage(world: World, inbound: Inbound, person: string): { readonly id: string; readonly payload: unknown } {
  const { from, account } = inbound;
  const now = world.clock();
  world.people.heard(account, from, now);
  const { object, newId } = productOf(world, account, person);
  const id = newId();
  world.messages.set(id, { account, person });
  const event = {
    sender: { id: person },
    recipient: { id: account },
    timestamp: now,
    message: { mid: id, ...(inbound.message ?? { text: inbound.text ?? '' }) },
  };
  return { id, payload: { object, entry: [{ id: account, time: now, messaging: [event] }] } };
}

/** Sends the webhook of one message and resolves with its platform id when every target has it or was given up. */
export async function say(world: World, inbound: Inbound): Promise<{ readonly id: string }> {
  const person = inbound.from.psid ?? inbound.from.igsid;
  const { id, payload } = person === undefined ? whatsApp(world, inbound) : toPage(world, inbound, person);
  await world.courier.send(inbound.account, payload);
  return { id };
}
