// The status webhooks of one WhatsApp message, and the order in which they are sent.
import { detailsOf, titleOf, type GraphError } from './errors.js';
import { shuffled } from './ids.js';
import type { WhatsAppPerson } from './types.js';
import type { World } from './world.js';

const REACHES = ['sent', 'delivered', 'read'] as const;

export interface SentMessage {
  readonly id: string;
  readonly account: string;
  readonly person: WhatsAppPerson;
  readonly opaque?: string;
  readonly error?: GraphError;
}

/** The envelope around anything that concerns one number. */
export function envelope(
  account: string,
  value: Readonly<Record<string, unknown>>,
  businessAccount = '102290129340398',
): unknown {
  return {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: businessAccount,
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '15550783881', phone_number_id: account },
              ...value,
            },
          },
        ],
      },
    ],
  };
}

/** One status. Since April 2026 sent, delivered and read carry `contacts` with the BSUID; failed does not. */
function statusUpdate(world: World, message: SentMessage, status: (typeof REACHES)[number] | 'failed'): unknown {
  const { person, error } = message;
  const number = world.behaviour.hideNumbers ? undefined : person.phone;
  const contact = {
    profile: {
      name: person.name ?? 'Test Person',
      ...(person.username && status !== 'sent' ? { username: person.username } : {}),
    },
    ...(number ? { wa_id: number } : {}),
    user_id: person.bsuid,
  };
  const failure = error && {
    errors: [
      {
        code: error.code,
        title: titleOf(error.code),
        message: titleOf(error.code),
        error_data: { details: detailsOf(error) },
      },
    ],
  };
  return envelope(message.account, {
    ...(status === 'failed' ? {} : { contacts: [contact] }),
    statuses: [
      {
        id: message.id,
        status,
        timestamp: String(Math.floor(world.clock() / 1000)),
        ...(number ? { recipient_id: number } : {}),
        ...(status === 'failed' && number ? {} : { recipient_user_id: person.bsuid }),
        ...(message.opaque ? { biz_opaque_callback_data: message.opaque } : {}),
        ...(status === 'failed'
          ? failure
          : { pricing: { billable: false, pricing_model: 'PMP', type: 'free_customer_service', category: 'service' } }),
      },
    ],
  });
}

function sequence(world: World, message: SentMessage): readonly ((typeof REACHES)[number] | 'failed')[] {
  const { statuses, reach, seed } = world.behaviour;
  if (statuses === 'none') return [];
  const states = message.error ? (['failed'] as const) : REACHES.slice(0, REACHES.indexOf(reach) + 1);
  if (statuses === 'twice') return states.flatMap((state) => [state, state]);
  return statuses === 'shuffled' ? shuffled(states, seed) : states;
}

/**
 * Sends what is due for a message. With `early` it resolves when all of it was sent, and the caller answers after
 * that; otherwise it answers at once and the rest follows.
 */
export async function sendStatuses(world: World, message: SentMessage): Promise<() => void> {
  const states = sequence(world, message);
  const send = (state: (typeof states)[number]): Promise<void> =>
    world.courier.send(message.account, statusUpdate(world, message, state));
  if (world.behaviour.statuses === 'early') {
    for (const state of states) await send(state);
    return () => undefined;
  }
  return () => {
    states.forEach((state, index) => world.later(world.behaviour.statusDelayMs * (index + 1), () => send(state)));
  };
}
