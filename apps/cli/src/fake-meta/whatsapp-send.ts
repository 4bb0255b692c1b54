// POST /<phone number id>/messages of WhatsApp: the order in which the platform looks at a send call.
import { faultAnswer, nextFault, refuse } from './faults.js';
import type { GraphError } from './errors.js';
import { BSUID, wamid } from './ids.js';
import { sendStatuses } from './statuses.js';
import type { Template } from './types.js';
import { isObject, type Json } from './json.js';
import { contentError } from './whatsapp-content.js';
import type { Answer, World } from './world.js';

const digitsOf = (number: string): string => number.replace(/[^0-9]/g, '');

/** Where a message goes: `to` wins over `recipient`. A BSUID in `to` is taken and dropped, as the real platform does. */
type Address =
  | { readonly kind: 'number' | 'bsuid'; readonly value: string }
  | { readonly kind: 'dropped'; readonly value: string }
  | { readonly kind: 'wrong'; readonly error: GraphError };

function addressOf(body: Json): Address {
  const { to, recipient } = body;
  if (typeof to === 'string' && to !== '') {
    if (BSUID.test(to)) return { kind: 'dropped', value: to };
    const digits = digitsOf(to);
    return digits.length >= 5 && digits.length <= 20
      ? { kind: 'number', value: digits }
      : { kind: 'wrong', error: { code: 131009, details: 'Parameter to is not a valid phone number.' } };
  }
  if (typeof recipient === 'string' && BSUID.test(recipient)) return { kind: 'bsuid', value: recipient };
  if (recipient !== undefined)
    return { kind: 'wrong', error: { code: 131009, details: 'Parameter recipient is not valid.' } };
  return { kind: 'wrong', error: { code: 131008, details: 'The parameter to is required.' } };
}

function templateOf(world: World, body: Json): Template | 'missing' | null {
  const template = body['template'];
  if (body['type'] !== 'template' || !isObject(template)) return null;
  const language = isObject(template['language']) ? String(template['language']['code']) : '';
  const wanted: Template = { name: String(template['name']), language };
  const { templates } = world.behaviour;
  if (templates === null) return wanted;
  return templates.find((known) => known.name === wanted.name && known.language === wanted.language) ?? 'missing';
}

/** What is wrong with this message for this person now, or null. */
function refusal(
  world: World,
  account: string,
  to: { readonly body: Json; readonly address: Address & { value: string } },
): GraphError | null {
  const { behaviour } = world;
  const { value, kind } = to.address;
  const now = world.clock();
  const template = templateOf(world, to.body);
  if (template === 'missing') return { code: 132001 };
  if (behaviour.unknownRecipients.includes(value)) return { code: 131026 };
  if (behaviour.allowedRecipients && !behaviour.allowedRecipients.includes(value)) return { code: 131030 };
  if (template?.category === 'MARKETING' && behaviour.optedOut.includes(value)) return { code: 131050 };
  if (template?.category === 'AUTHENTICATION' && kind === 'bsuid') return { code: 131062 };
  if (!template && !world.people.windowOpen(account, value, { ...behaviour, now })) return { code: 131047 };
  const perNumber = { burst: behaviour.perSecond, everyMs: 1000 / behaviour.perSecond };
  if (!world.limiter.take(account, perNumber, now)) return { code: 130429 };
  if (behaviour.pair && !world.limiter.take(`${account} ${value}`, behaviour.pair, now)) return { code: 131056 };
  return null;
}

/** Read receipts and typing indicators: the same endpoint with `status: read`. */
function markRead(body: Json): Answer {
  if (body['status'] !== 'read')
    return refuse({ code: 100, details: 'Param status must be one of {READ}.' }, 'whatsapp');
  const id = body['message_id'];
  if (typeof id !== 'string' || !id.startsWith('wamid.')) {
    return refuse({ code: 131009, details: 'Parameter message_id is not valid.' }, 'whatsapp');
  }
  const typing = body['typing_indicator'];
  if (typing !== undefined && !(isObject(typing) && typing['type'] === 'text')) {
    return refuse({ code: 100, details: 'Param typing_indicator.type must be text.' }, 'whatsapp');
  }
  return { status: 200, body: { success: true } };
}

async function accept(
  world: World,
  account: string,
  to: { readonly body: Json; readonly address: Address & { value: string }; readonly late?: GraphError },
): Promise<Answer> {
  const { value, kind } = to.address;
  const { late } = to;
  const id = wamid(value);
  const person = world.people.whatsapp(value);
  const answer = {
    messaging_product: 'whatsapp',
    contacts: [
      {
        input: String(to.body['to'] ?? to.body['recipient']),
        ...(kind === 'number' ? { wa_id: value } : { user_id: value }),
      },
    ],
    messages: [{ id, ...(to.body['type'] === 'template' ? { message_status: 'accepted' } : {}) }],
  };
  if (kind === 'dropped')
    return { status: 200, body: answer, note: 'dropped: a BSUID in `to` is accepted and goes nowhere' };
  world.messages.set(id, { account, person: value });
  const opaque = to.body['biz_opaque_callback_data'];
  const after = await sendStatuses(world, {
    id,
    account,
    person,
    opaque: typeof opaque === 'string' ? opaque : undefined,
    error: late,
  });
  return { status: 200, body: answer, after, ...(late ? { note: `fails later with ${late.code}` } : {}) };
}

/** Answers one send call; every check in the order in which the platform makes it. */
export async function sendWhatsApp(world: World, account: string, body: Json): Promise<Answer> {
  if (body['status'] !== undefined) return markRead(body);
  const fault = nextFault(world);
  const broken = faultAnswer(fault, 'whatsapp');
  if (broken) return broken;
  const address = addressOf(body);
  if (address.kind === 'wrong') return refuse(address.error, 'whatsapp');
  const shape = contentError(body);
  if (shape) return refuse(shape, 'whatsapp');
  const error = address.kind === 'dropped' ? null : refusal(world, account, { body, address });
  if (error && !world.behaviour.lateErrors.includes(error.code)) return refuse(error, 'whatsapp');
  const answer = await accept(world, account, { body, address, late: error ?? undefined });
  return fault ? { ...answer, lost: 'disconnect' } : answer;
}
