// Where WhatsApp exposes identifiers: every registry key with its path, relative to `entry[].changes[].value`. Written out once.
import { place, type Place } from '../shared/exposures.js';

/** Lists that hold messages of one shape: what people write, what our staff writes on the phone, old chats. */
export type Container = 'messages[]' | 'message_echoes[]' | 'history[].threads[].messages[]';

const mediaPlaces = (at: string) => ({
  id: place('media_id', `${at}.id`),
  url: place('media_url', `${at}.url`),
  sha256: place('media_sha256', `${at}.sha256`),
  fileName: place('file_name', `${at}.filename`),
});

/** Places within content; an edit nests the whole content once more. */
const contentPlaces = (at: string) => ({
  image: mediaPlaces(`${at}.image`),
  video: mediaPlaces(`${at}.video`),
  audio: mediaPlaces(`${at}.audio`),
  document: mediaPlaces(`${at}.document`),
  sticker: mediaPlaces(`${at}.sticker`),
  location: place('location', `${at}.location`),
  contacts: place('shared_contacts', `${at}.contacts[]`),
  order: place('order', `${at}.order`),
  flowAnswers: place('flow_answers', `${at}.interactive.nfm_reply.response_json`),
  flowWords: place('flow_answers', `${at}.interactive.nfm_reply.body`),
  payment: place('flow_answers', `${at}.interactive.payment_method`),
  product: place('referred_product_id', `${at}.context.referred_product.product_retailer_id`),
  catalog: place('referred_catalog_id', `${at}.context.referred_product.catalog_id`),
  forwarded: place('forwarded', `${at}.context.forwarded`),
  oftenForwarded: place('forwarded', `${at}.context.frequently_forwarded`),
  contextId: place('message_id', `${at}.context.id`),
  contextNumber: place('wa_id', `${at}.context.from`),
  contextUser: place('user_id', `${at}.context.from_user_id`),
  contextParent: place('parent_user_id', `${at}.context.from_parent_user_id`),
  quotedNumber: place('quoted_author', `${at}.context.from`),
  quotedUser: place('quoted_author', `${at}.context.from_user_id`),
  quotedParent: place('quoted_author', `${at}.context.from_parent_user_id`),
});

const systemPlaces = (at: string) => ({
  number: place('wa_id', `${at}.wa_id`),
  newNumber: place('wa_id', `${at}.new_wa_id`),
  customer: place('wa_id', `${at}.customer`),
  user: place('user_id', `${at}.user_id`),
  previousUser: place('user_id', `${at}.previous_user_id`),
  parent: place('parent_user_id', `${at}.parent_user_id`),
  previousParent: place('parent_user_id', `${at}.previous_parent_user_id`),
  identityHash: place('identity_key_hash', `${at}.identity`),
  nameInBody: place('profile_name', `${at}.body`),
  numberInBody: place('wa_id', `${at}.body`),
});

const messagePlaces = (at: Container) => ({
  at,
  id: place('message_id', `${at}.id`),
  from: place('wa_id', `${at}.from`),
  fromUser: place('user_id', `${at}.from_user_id`),
  fromParent: place('parent_user_id', `${at}.from_parent_user_id`),
  logicalId: place('logical_id', `${at}.from_logical_id`),
  to: place('wa_id', `${at}.to`),
  toUser: place('user_id', `${at}.to_user_id`),
  toParent: place('parent_user_id', `${at}.to_parent_user_id`),
  group: place('group_id', `${at}.group_id`),
  identityHash: place('identity_key_hash', `${at}.identity.hash`),
  sourceUrl: place('referral_source_url', `${at}.referral.source_url`),
  sourceId: place('referral_source_id', `${at}.referral.source_id`),
  sourceType: place('referral_source_type', `${at}.referral.source_type`),
  headline: place('referral_headline', `${at}.referral.headline`),
  advertBody: place('referral_body', `${at}.referral.body`),
  welcome: place('referral_welcome_message', `${at}.referral.welcome_message.text`),
  advertImage: place('referral_media_url', `${at}.referral.image_url`),
  advertVideo: place('referral_media_url', `${at}.referral.video_url`),
  advertThumbnail: place('referral_media_url', `${at}.referral.thumbnail_url`),
  clickId: place('ctwa_clid', `${at}.referral.ctwa_clid`),
  reacted: place('message_id', `${at}.reaction.message_id`),
  edited: place('message_id', `${at}.edit.original_message_id`),
  revoked: place('message_id', `${at}.revoke.original_message_id`),
  receipt: place('receipts', `${at}.history_context.status`),
  system: systemPlaces(`${at}.system`),
  content: contentPlaces(at),
  editedContent: contentPlaces(`${at}.edit.message`),
});

export type MessagePlaces = ReturnType<typeof messagePlaces>;
export type ContentPlaces = ReturnType<typeof contentPlaces>;
export type SystemPlaces = ReturnType<typeof systemPlaces>;

const personPlaces = (at: string) => ({
  number: place('wa_id', `${at}.wa_id`),
  user: place('user_id', `${at}.user_id`),
  parent: place('parent_user_id', `${at}.parent_user_id`),
});

const memberPlaces = (at: string) => ({
  ...personPlaces(at),
  /** What we asked to add: a number or a user id. */
  askedNumber: place('wa_id', `${at}.input`),
  askedUser: place('user_id', `${at}.input`),
});

export const PLACES = {
  messages: messagePlaces('messages[]'),
  echoes: messagePlaces('message_echoes[]'),
  old: messagePlaces('history[].threads[].messages[]'),
  contact: {
    ...personPlaces('contacts[]'),
    name: place('profile_name', 'contacts[].profile.name'),
    username: place('username', 'contacts[].profile.username'),
    identityHash: place('identity_key_hash', 'contacts[].identity_key_hash'),
  },
  status: {
    id: place('message_id', 'statuses[].id'),
    recipient: place('wa_id', 'statuses[].recipient_id'),
    group: place('group_id', 'statuses[].recipient_id'),
    user: place('user_id', 'statuses[].recipient_user_id'),
    // Three spellings of the parent id exist (current, and two of older documentation).
    parents: [
      ['recipient_parent_user_id', place('parent_user_id', 'statuses[].recipient_parent_user_id')],
      ['parent_recipient_user_id', place('parent_user_id', 'statuses[].parent_recipient_user_id')],
      ['parent_user_id', place('parent_user_id', 'statuses[].parent_user_id')],
      [
        'recipient_participant_parent_user_id',
        place('parent_user_id', 'statuses[].recipient_participant_parent_user_id'),
      ],
    ] as const,
    participant: place('wa_id', 'statuses[].recipient_participant_id'),
    participantAsPrinted: place('wa_id', 'statuses[].participant_recipient_id'),
    participantUser: place('user_id', 'statuses[].recipient_participant_user_id'),
    identityHash: place('identity_key_hash', 'statuses[].recipient_identity_key_hash'),
    state: place('receipts', 'statuses[].status'),
    time: place('receipts', 'statuses[].timestamp'),
    opaque: place('opaque_data', 'statuses[].biz_opaque_callback_data'),
    conversation: place('conversation_id', 'statuses[].conversation.id'),
    callId: place('call_data', 'statuses[].id'),
  },
  preference: {
    ...personPlaces('user_preferences[]'),
    value: place('marketing_preference', 'user_preferences[].value'),
  },
  userIdUpdate: {
    number: place('wa_id', 'user_id_update[].wa_id'),
    user: place('user_id', 'user_id_update[].user_id.current'),
    previousUser: place('user_id', 'user_id_update[].user_id.previous'),
    parent: place('parent_user_id', 'user_id_update[].parent_user_id.current'),
    previousParent: place('parent_user_id', 'user_id_update[].parent_user_id.previous'),
    nameInDetail: place('profile_name', 'user_id_update[].detail'),
  },
  action: {
    clickId: place('marketing_click_id', 'user_actions[].marketing_messages_link_click_data.click_id'),
    token: place('marketing_tracking_token', 'user_actions[].marketing_messages_link_click_data.tracking_token'),
    agent: place('marketing_user_agent', 'user_actions[].marketing_messages_link_click_data.client_user_agent'),
  },
  call: {
    id: place('call_data', 'calls[].id'),
    from: place('wa_id', 'calls[].from'),
    to: place('wa_id', 'calls[].to'),
    fromUser: place('user_id', 'calls[].from_user_id'),
    toUser: place('user_id', 'calls[].to_user_id'),
    fromParent: place('parent_user_id', 'calls[].from_parent_user_id'),
    toParent: place('parent_user_id', 'calls[].to_parent_user_id'),
    session: place('call_data', 'calls[].session.sdp'),
    connection: place('call_data', 'calls[].connection.webrtc.sdp'),
    opaque: place('opaque_data', 'calls[].biz_opaque_callback_data'),
  },
  group: {
    id: place('group_id', 'groups[].group_id'),
    invite: place('group_id', 'groups[].invite_link'),
    asker: memberPlaces('groups[]'),
    members: {
      added_participants: memberPlaces('groups[].added_participants[]'),
      removed_participants: memberPlaces('groups[].removed_participants[]'),
      failed_participants: memberPlaces('groups[].failed_participants[]'),
    },
  },
  inference: {
    id: place('message_id', 'automatic_events[].id'),
    clickId: place('ctwa_clid', 'automatic_events[].ctwa_clid'),
    name: place('inferred_event', 'automatic_events[].event_name'),
  },
  addressBook: {
    number: place('wa_id', 'state_sync[].contact.phone_number'),
    user: place('user_id', 'state_sync[].contact.user_id'),
    parent: place('parent_user_id', 'state_sync[].contact.parent_user_id'),
    username: place('username', 'state_sync[].contact.username'),
    fullName: place('address_book_name', 'state_sync[].contact.full_name'),
    firstName: place('address_book_name', 'state_sync[].contact.first_name'),
  },
  thread: {
    number: place('wa_id', 'history[].threads[].id'),
    idOfUser: place('user_id', 'history[].threads[].id'),
    user: place('user_id', 'history[].threads[].context.user_id'),
    parent: place('parent_user_id', 'history[].threads[].context.parent_user_id'),
    username: place('username', 'history[].threads[].context.username'),
    message: place('history', 'history[].threads[].messages[]'),
  },
  staff: place('staff_user_id', 'requester'),
} as const;

const pathsByKey = new Map<string, Set<string>>();
collect(PLACES);

function collect(part: unknown): void {
  if (typeof part !== 'object' || part === null) return;
  if (!('key' in part && 'path' in part)) return Object.values(part).forEach(collect);
  const { key, path } = part as Place;
  pathsByKey.set(key, (pathsByKey.get(key) ?? new Set()).add(path));
}

/** All paths of one registry key, in the order written above. */
export const pathsOf = (key: string): readonly string[] => [...(pathsByKey.get(key) ?? [])];

/** Every registry key that has a place. */
export const keysWithPlaces = (): readonly string[] => [...pathsByKey.keys()];
