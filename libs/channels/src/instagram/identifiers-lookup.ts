// The identifier registry of Instagram, part 3: what exists behind calls that Parley makes on instruction only, or not at all.
import type { IdentifierKind } from '#libs/kernel';

const lookedUp = {
  scope: 'none',
  reply: 'none',
  of: 'subject',
  suggested: 'drop',
} as const satisfies Partial<IdentifierKind>;

/** Instagram Messaging, User Profile API (1 April 2026): only of people who wrote, or tapped an icebreaker or the menu. */
const ACCESS = 'instagram_manage_messages, the person having written, and a call to the User Profile API';

/** Profile data: who follows whom, and how many, is profiling. */
const profile = (key: string, dpv: readonly string[], sensitivity: IdentifierKind['sensitivity']): IdentifierKind => ({
  ...lookedUp,
  key,
  paths: [`profile-api:${key}`],
  dpv,
  phases: ['during'],
  role: 'profile',
  category: 'profile',
  sensitivity,
  lookedUp: true,
  needs: ACCESS,
});

const correlation = (key: string, path: string, more: Pick<IdentifierKind, 'scope' | 'needs' | 'lifetime'>) =>
  ({
    ...lookedUp,
    ...more,
    key,
    paths: [path],
    dpv: ['UID'],
    phases: ['after'],
    role: 'correlation',
    category: 'routing',
    sensitivity: 'medium',
  }) satisfies IdentifierKind;

/** Paths name the call: `profile-api:` GET /{igsid}, `conversations-api:` GET /{account}/conversations, `signed_request:` Meta's callbacks. */
export const lookupIdentifiers: readonly IdentifierKind[] = [
  profile('name', ['Name'], 'medium'),
  { ...profile('profile_pic', ['Picture'], 'high'), lifetime: 'a URL that expires' },
  profile('follower_count', ['SocialNetwork', 'Profile'], 'medium'),
  profile('is_user_follow_business', ['SocialNetwork', 'Profile'], 'high'),
  profile('is_business_follow_user', ['SocialNetwork', 'Profile'], 'high'),
  profile('is_verified_user', ['Profile'], 'medium'),
  correlation('asid', 'signed_request:user_id', {
    scope: 'app',
    needs: 'a log-in with our app; named by the deletion and deauthorize callbacks',
    lifetime: 'per app; cannot be matched to an id of a conversation',
  }),
  correlation('conversation_id', 'conversations-api:id', {
    scope: 'account',
    needs: 'a call to the Conversations API',
    lifetime: 'the same for all messages with one person',
  }),
];
