// Which fields WhatsApp's webhooks are known to have; anything else is reported by its path.
import { declare, values, type Declared, type Shape } from '../shared/shape.js';

const ERRORS: Shape = [{ ...values('code title message href error_subcode'), error_data: 'any' }];

const MEDIA = values('id mime_type sha256 caption url filename voice animated');

const CONTEXT: Shape = {
  ...values('id from from_user_id from_parent_user_id forwarded frequently_forwarded'),
  referred_product: values('catalog_id product_retailer_id'),
};

const INTERACTIVE: Shape = {
  ...values('type'),
  button_reply: values('id title'),
  list_reply: values('id title description'),
  nfm_reply: values('response_json body name'),
  call_permission_reply: values('response expiration_timestamp response_source is_permanent'),
  payment_method: 'any',
};

/** Handed on whole, as content, where they are handed on at all: not looked into. */
const CONTENT = {
  ...values('type'),
  context: CONTEXT,
  text: values('body'),
  image: MEDIA,
  video: MEDIA,
  audio: MEDIA,
  document: MEDIA,
  sticker: MEDIA,
  location: values('latitude longitude name address url'),
  contacts: 'any',
  order: 'any',
  button: values('payload text'),
  interactive: INTERACTIVE,
} as const;

const MESSAGE: Shape = {
  ...CONTENT,
  ...values('id timestamp from from_user_id from_parent_user_id from_logical_id'),
  ...values('to to_user_id to_parent_user_id group_id origin'),
  errors: ERRORS,
  identity: values('acknowledged created_timestamp hash'),
  referral: {
    ...values('source_url source_id source_type body headline media_type image_url video_url thumbnail_url ctwa_clid'),
    welcome_message: values('text'),
  },
  reaction: values('message_id emoji'),
  edit: { original_message_id: true, message: CONTENT },
  revoke: values('original_message_id'),
  system: values(
    'type body wa_id new_wa_id customer identity user_id previous_user_id parent_user_id previous_parent_user_id',
  ),
  unsupported: values('type'),
  history_context: values('status from_me'),
};

const PERSON = values('wa_id user_id parent_user_id');

const STATUS: Shape = {
  ...values('id status type timestamp recipient_id recipient_type recipient_user_id recipient_parent_user_id'),
  ...values('parent_recipient_user_id parent_user_id recipient_participant_id recipient_participant_user_id'),
  ...values('recipient_participant_parent_user_id participant_recipient_id'),
  ...values('recipient_identity_key_hash biz_opaque_callback_data'),
  conversation: { ...values('id expiration_timestamp'), origin: values('type') },
  pricing: values('billable pricing_model type category'),
  errors: ERRORS,
};

const CALL: Shape = {
  ...values('id from to from_user_id to_user_id from_parent_user_id to_parent_user_id event direction timestamp'),
  ...values('status start_time end_time duration biz_opaque_callback_data deeplink_payload cta_payload'),
  session: values('sdp sdp_type'),
  connection: { webrtc: values('sdp') },
  errors: ERRORS,
};

const CHANGED = { ...values('text update_successful mime_type sha256'), errors: ERRORS };

const GROUP: Shape = {
  ...values(
    'timestamp group_id type request_id subject description invite_link join_approval_mode reason join_request_id',
  ),
  ...PERSON,
  added_participants: [{ ...PERSON, ...values('input') }],
  removed_participants: [{ ...PERSON, ...values('input') }],
  failed_participants: [{ ...PERSON, ...values('input'), errors: ERRORS }],
  initiated_by: true,
  profile_picture: CHANGED,
  group_subject: CHANGED,
  group_description: CHANGED,
  errors: ERRORS,
};

const ALWAYS = { messaging_product: true, metadata: values('display_phone_number phone_number_id') } as const;

/** The value of every field that is about people; which lists it carries depends on the field, their shapes do not. */
export const MESSAGING_VALUE: Shape = {
  ...ALWAYS,
  contacts: [{ ...PERSON, identity_key_hash: true, profile: values('name username') }],
  messages: [MESSAGE],
  message_echoes: [MESSAGE],
  statuses: [STATUS],
  errors: ERRORS,
  user_actions: [
    {
      ...values('action_type timestamp'),
      marketing_messages_link_click_data: values(
        'click_component product_id click_id tracking_token client_user_agent',
      ),
    },
  ],
  user_preferences: [{ ...PERSON, ...values('detail category value timestamp') }],
  user_id_update: [
    {
      ...values('wa_id detail timestamp'),
      user_id: values('previous current'),
      parent_user_id: values('previous current'),
    },
  ],
  history: [
    {
      metadata: values('phase chunk_order progress'),
      threads: [{ id: true, context: { ...PERSON, username: true }, messages: [MESSAGE] }],
      errors: ERRORS,
    },
  ],
  state_sync: [
    {
      ...values('type action'),
      contact: values('full_name first_name phone_number user_id parent_user_id username'),
      metadata: values('timestamp'),
    },
  ],
  calls: [CALL],
  groups: [GROUP],
  automatic_events: [{ ...values('id event_name timestamp ctwa_clid'), custom_data: 'any' }],
};

export const VALUE_PATH = 'entry[].changes[].value';

export const ENVELOPE: Declared = declare(
  { object: true, entry: [{ ...values('id time'), changes: [{ field: true, value: 'any' }] }] },
  '',
);

export const declareValue = (shape: Shape): Declared => declare(shape, VALUE_PATH);

/** For fields that we do not know: all else is new to us. */
export const UNKNOWN_VALUE: Declared = declareValue(ALWAYS);
