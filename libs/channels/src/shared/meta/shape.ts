// Fields that the webhooks of Meta's messengers have in common.
import { values, type Shape } from '../shape.js';

export const referral: Shape = {
  ...values('ref source type ad_id referer_uri is_guest_user'),
  ads_context_data: values('ad_title photo_url video_url post_id product_id flow_id'),
  product: values('id'),
};

/** What an app of the business sent as a template: only its text is read. */
export const templatePayload = {
  ...values('template_type text sharable'),
  elements: 'any',
  buttons: 'any',
  product: 'any',
} as const satisfies Shape;

/** Fields of `message` beside its attachments. */
export const message = {
  ...values('mid text is_echo is_deleted is_unsupported app_id metadata'),
  quick_reply: values('payload'),
  referral,
} as const satisfies Shape;

const optin = values(
  'type payload title ref user_ref one_time_notif_token notification_messages_token notification_messages_timezone ' +
    'notification_messages_frequency notification_messages_reoptin notification_messages_status token_expiry_timestamp user_token_status',
);

/** Objects of an update, without `message`. */
export const objects = {
  message_edit: values('mid text num_edit'),
  reaction: values('mid action emoji reaction'),
  read: values('mid seq watermark'),
  delivery: { ...values('seq watermark'), mids: [true] },
  postback: { ...values('mid title payload'), referral },
  referral,
  optin,
  pass_thread_control: values('previous_owner_app_id new_owner_app_id metadata'),
  take_thread_control: values('previous_owner_app_id new_owner_app_id metadata'),
  request_thread_control: values('requested_owner_app_id metadata'),
  app_roles: 'any',
  response_feedback: values('mid feedback'),
} as const satisfies Shape;
