// GET /<PSID>?fields=… of Messenger: the profile of a person who wrote. Source: User Profile API page (June 2026), error codes page (18 March 2026).
import { noSuchObject } from './accounts.js';
import { faultAnswer, nextFault, refuse } from './faults.js';
import type { Answer, World } from './world.js';

/** What a profile may have; all but id and name are fields of persons only. */
const FIELDS = ['id', 'name', 'first_name', 'last_name', 'profile_pic', 'locale', 'timezone', 'gender'] as const;
const DEFAULT = 'first_name,last_name,profile_pic';

function profileOf(psid: string, name: string): Readonly<Record<(typeof FIELDS)[number], unknown>> {
  const [first, ...last] = name.split(' ');
  return {
    id: psid,
    name,
    first_name: first,
    last_name: last.join(' '),
    profile_pic: `https://platform-lookaside.fbsbx.com/platform/profilepic/?psid=${psid}&hash=AeQ`,
    locale: 'de_DE',
    timezone: 2,
    gender: 'female',
  };
}

/** Is this call about a person? An id says nothing about what it is of. */
export const isPerson = (world: World, id: string, fields: string | null): boolean =>
  world.people.messenger(id) !== null ||
  (fields ?? '').split(',').some((field) => field !== 'id' && field !== 'name' && FIELDS.some((one) => one === field));

/** Only the fields that were asked for, and the id; one that was not approved fails the whole call. */
export function readProfile(world: World, psid: string, fields: string | null): Answer {
  const { behaviour } = world;
  const fault = nextFault(world, 'profileFaults');
  const broken = faultAnswer(fault, 'graph');
  if (broken) return broken;
  if (behaviour.unknownRecipients.includes(psid)) return noSuchObject();
  if (behaviour.phoneOnly.includes(psid))
    return refuse({ code: 100, subcode: 2018218, details: 'No profile available for this user.' }, 'graph');
  const wanted = (fields ?? DEFAULT).split(',').map((field) => field.trim());
  const profile: Readonly<Record<string, unknown>> = profileOf(psid, world.people.messenger(psid)?.name ?? 'Test Person'); // prettier-ignore
  if (wanted.some((field) => !(field in profile)))
    return refuse({ code: 100, details: 'Tried accessing nonexisting field on node type (User)' }, 'graph');
  if (wanted.some((field) => field !== 'id' && !behaviour.profileFields.includes(field)))
    return refuse({ code: 100, subcode: 2018247, details: 'Insufficient permission to access user profile.' }, 'graph');
  const body = { ...Object.fromEntries(wanted.map((field) => [field, profile[field]])), id: psid };
  return { status: 200, body, ...(fault ? { lost: 'disconnect' as const } : {}) };
}
