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

/** GET /<id>?fields=…: only the fields that were asked for, as the Graph API does; without `fields` name and id. */
export function readAccount(world: World, id: string, fields: string | null): Answer {
  // Nothing else of it tells an Instagram account from a page; a gateway asks for the name that only the former needs.
  if (fields?.split(',').includes('username')) world.instagramAccounts.add(id);
  const wanted = (fields ?? 'name').split(',').filter((field) => field !== 'id' && field in FIELDS);
  return { status: 200, body: { ...Object.fromEntries(wanted.map((field) => [field, FIELDS[field]])), id } };
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
