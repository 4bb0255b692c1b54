// Every field that Messenger's webhooks are known to have: what is not here is reported by its path.
import { declare, values, type Shape } from '../shared/shape.js';

const referral: Shape = {
  ...values('ref source type ad_id referer_uri is_guest_user'),
  ads_context_data: values('ad_title photo_url video_url post_id product_id flow_id'),
  product: values('id'),
};

const attachment: Shape = {
  ...values('type title url'),
  payload: {
    ...values('url title id sticker_id attachment_id is_reusable'),
    ...values('reel_video_id ig_post_media_id'),
    ...values('booking_id status start_time end_time timezone'),
    ...values('template_type text sharable'),
    coordinates: values('lat long'),
    // What an app of the page sent: only its text is read.
    elements: 'any',
    buttons: 'any',
    product: 'any',
  },
};

const message: Shape = {
  ...values('mid seq text is_echo is_deleted is_unsupported app_id metadata sticker_id'),
  quick_reply: values('payload'),
  reply_to: values('mid is_self_reply'),
  attachments: [attachment],
  commands: [values('name')],
  referral,
  nlp: 'any',
};

const optin = values(
  'type payload title ref user_ref one_time_notif_token notification_messages_token notification_messages_timezone ' +
    'notification_messages_frequency notification_messages_reoptin notification_messages_status token_expiry_timestamp user_token_status',
);

const form: Shape = { screens: [{ screen_id: true, responses: [values('key value')] }] };

/** One element of `messaging[]` or `standby[]`; in `changes[]` the same stands in `value`. */
const update = {
  sender: values('id user_ref'),
  recipient: values('id user_ref'),
  timestamp: true,
  message,
  message_edit: values('mid text num_edit'),
  reaction: values('mid action emoji reaction'),
  read: values('mid seq watermark'),
  delivery: { ...values('seq watermark'), mids: [true] },
  postback: { ...values('mid title payload'), referral },
  referral,
  optin,
  account_linking: values('status authorization_code'),
  pass_thread_control: values('previous_owner_app_id new_owner_app_id metadata'),
  take_thread_control: values('previous_owner_app_id new_owner_app_id metadata'),
  request_thread_control: values('requested_owner_app_id metadata'),
  app_roles: 'any',
  response_feedback: values('mid feedback'),
  messaging_feedback: { feedback_screens: 'any' },
  policy_enforcement: values('action reason'),
  order: { products: [values('id retailer_id name unit_price currency quantity')], note: true },
  messaging_customer_information: form,
  messaging_in_thread_lead_form_submit: form,
} as const satisfies Record<string, Shape>;

/** `inbox_labels`, which names the person as `user`. */
const label = { action: true, user: values('id'), label: values('id page_label_name') } as const;

export const declared = declare(
  {
    object: true,
    entry: [
      {
        ...values('id time'),
        messaging: [update],
        standby: [update],
        changes: [{ field: true, value: { ...update, ...label } }],
      },
    ],
  },
  '',
);
