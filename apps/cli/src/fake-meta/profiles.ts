// GET /<PSID or IGSID>?fields=…: the profile of a person who wrote. Sources: User Profile API pages (Messenger June 2026, Instagram 1 April 2026),
// error codes page (18 March 2026); 230 as reported by others.
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

const onInstagram = (igsid: string, name: string): Readonly<Record<string, unknown>> => ({
  id: igsid,
  name,
  username: name.toLowerCase().replaceAll(' ', '.'),
  profile_pic: `https://scontent.cdninstagram.com/v/t51.2885-19/${igsid}.jpg`,
  follower_count: 42,
  is_user_follow_business: false,
  is_business_follow_user: false,
  is_verified_user: false,
});
/** A business is asked for name and username, too: these alone say that a person is meant. */
const ONLY_ON_INSTAGRAM = ['follower_count', 'is_user_follow_business', 'is_business_follow_user', 'is_verified_user'];

const listOf = (fields: string | null): readonly string[] =>
  (fields ?? DEFAULT).split(',').map((field) => field.trim());
const isOnInstagram = (world: World, id: string, wanted: readonly string[]): boolean =>
  world.people.instagramAccountOf(id) !== undefined || wanted.some((field) => ONLY_ON_INSTAGRAM.includes(field));

const answerOf = (profile: Readonly<Record<string, unknown>>, wanted: readonly string[]): Answer => ({
  status: 200,
  body: { ...Object.fromEntries(wanted.map((field) => [field, profile[field]])), id: profile['id'] },
});

const noSuchField = (): Answer =>
  refuse({ code: 100, details: 'Tried accessing nonexisting field on node type (User)' }, 'graph');

/** Of whoever wrote; who only commented has not consented. */
function readOnInstagram(world: World, igsid: string, wanted: readonly string[]): Answer {
  if (world.people.instagramAccountOf(igsid) === undefined)
    return refuse({ code: 230, details: 'User consent is required to access user profile' }, 'graph');
  const profile = onInstagram(igsid, world.people.nameOf(igsid) ?? 'Test Person');
  return wanted.every((field) => field in profile) ? answerOf(profile, wanted) : noSuchField();
}

/** Is this call about a person? An id says nothing about what it is of. */
export const isPerson = (world: World, id: string, fields: string | null): boolean =>
  world.people.messenger(id) !== null ||
  isOnInstagram(world, id, listOf(fields)) ||
  (fields ?? '').split(',').some((field) => field !== 'id' && field !== 'name' && FIELDS.some((one) => one === field));

/** One field that was not approved fails the whole call. */
function readOnMessenger({ behaviour, people }: World, psid: string, wanted: readonly string[]): Answer {
  if (behaviour.phoneOnly.includes(psid))
    return refuse({ code: 100, subcode: 2018218, details: 'No profile available for this user.' }, 'graph');
  const profile: Readonly<Record<string, unknown>> = profileOf(psid, people.messenger(psid)?.name ?? 'Test Person'); // prettier-ignore
  if (wanted.some((field) => !(field in profile))) return noSuchField();
  if (wanted.some((field) => field !== 'id' && !behaviour.profileFields.includes(field)))
    return refuse({ code: 100, subcode: 2018247, details: 'Insufficient permission to access user profile.' }, 'graph');
  return answerOf(profile, wanted);
}

/** Only the fields that were asked for, and the id. */
export function readProfile(world: World, id: string, fields: string | null): Answer {
  const fault = nextFault(world, 'profileFaults');
  const broken = faultAnswer(fault, 'graph');
  if (broken) return broken;
  if (world.behaviour.unknownRecipients.includes(id)) return noSuchObject();
  const wanted = listOf(fields);
  const answer = isOnInstagram(world, id, wanted)
    ? readOnInstagram(world, id, wanted)
    : readOnMessenger(world, id, wanted);
  return fault ? { ...answer, lost: 'disconnect' } : answer;
}
