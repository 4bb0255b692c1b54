// Every field that Messenger's webhooks are known to have: what is not here is reported by its path.
import { message, objects, templatePayload } from '../shared/meta/shape.js';
import { declare, values, type Shape } from '../shared/shape.js';

const attachment: Shape = {
  ...values('type title url'),
  payload: {
    ...templatePayload,
    ...values('url title id sticker_id attachment_id is_reusable'),
    ...values('reel_video_id ig_post_media_id'),
    ...values('booking_id status start_time end_time timezone'),
    coordinates: values('lat long'),
  },
};

const form: Shape = { screens: [{ screen_id: true, responses: [values('key value')] }] };

/** One element of `messaging[]` or `standby[]`; in `changes[]` the same stands in `value`. */
const update = {
  ...objects,
  sender: values('id user_ref'),
  recipient: values('id user_ref'),
  timestamp: true,
  message: {
    ...message,
    ...values('seq sticker_id'),
    reply_to: values('mid is_self_reply'),
    attachments: [attachment],
    commands: [values('name')],
    nlp: 'any',
  },
  account_linking: values('status authorization_code'),
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
