// Reading an account (how a gateway finds out whether its credentials work) and subscribing an app to it.
import { refuse } from './faults.js';
import type { Answer, World } from './world.js';

const FIELDS: Readonly<Record<string, unknown>> = {
  name: 'Acme GmbH',
  verified_name: 'Acme GmbH',
  display_phone_number: '+1 555-078-3881',
  code_verification_status: 'VERIFIED',
  quality_rating: 'GREEN',
  platform_type: 'CLOUD_API',
  throughput: { level: 'STANDARD' },
  category: 'Local business',
  username: 'acme.example',
};

/** Whose a token is that is no page's. */
const SOMEBODY = '122100000000000';

/** `me` is the page whose token asks, or the user. A page's token ends with the page's id here: `EAAG-682498302938465`. */
export const holderOf = (token: string | null): string => /-(\d+)$/.exec(token ?? '')?.[1] ?? SOMEBODY;

/** What concerns sending from a number (Messaging health status page): only the account that holds it is of interest here. */
const healthOf = ({ behaviour }: World, id: string): unknown => {
  const holder = behaviour.businessAccounts[id];
  const well = (entity_type: string, of: string) => ({ entity_type, id: of, can_send_message: 'AVAILABLE' });
  const entities = holder === undefined ? [] : [well('PHONE_NUMBER', id), well('WABA', holder)];
  return { can_send_message: 'AVAILABLE', entities };
};

/** GET /<id>?fields=…: only the fields that were asked for, as the Graph API does; without `fields` name and id. */
export function readAccount(world: World, id: string, fields: string | null): Answer {
  // Nothing else of it tells an Instagram account from a page; a gateway asks for the name that only the former needs.
  if (fields?.split(',').includes('username')) world.instagramAccounts.add(id);
  const known: Readonly<Record<string, unknown>> = { ...FIELDS, health_status: healthOf(world, id) };
  const wanted = (fields ?? 'name').split(',').filter((field) => field !== 'id' && field in known);
  return { status: 200, body: { ...Object.fromEntries(wanted.map((field) => [field, known[field]])), id } };
}

export const noSuchObject = (): Answer =>
  refuse(
    {
      code: 100,
      subcode: 33,
      details:
        'Unsupported request. Object with that ID does not exist, cannot be loaded due to missing permissions, or does not support this operation.',
    },
    'graph',
  );

/** GET, POST or DELETE /<id>/subscribed_apps. */
export const subscribedApps = (method: string): Answer =>
  method === 'GET'
    ? { status: 200, body: { data: [{ whatsapp_business_api_data: { id: '100200300400500', name: 'Parley' } }] } }
    : { status: 200, body: { success: true } };
