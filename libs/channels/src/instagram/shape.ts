// Every field that Instagram's webhooks are known to have: what is not here is reported by its path.
import { message, objects, templatePayload } from '../shared/meta/shape.js';
import { declare, values, type Shape } from '../shared/shape.js';

const attachment: Shape = {
  ...values('type title url'),
  payload: {
    ...templatePayload,
    ...values('url title id ig_post_media_id reel_video_id story_media_id story_media_url is_reusable'),
  },
};

/** One element of `messaging[]` or `standby[]`. */
const update = {
  ...objects,
  sender: values('id'),
  recipient: values('id'),
  timestamp: true,
  is_self: true,
  message: {
    ...message,
    is_self: true,
    reply_to: { ...values('mid is_self_reply'), story: values('id url') },
    attachments: [attachment],
  },
  postback: { ...objects.postback, is_self: true },
} as const satisfies Shape;

/** Metrics of the business's own story: numbers, nobody in them. */
const insights = values(
  'exits replies reach taps_forward taps_back impressions shares navigation total_interactions views follows profile_visits',
);

/** `comments`, `live_comments`, `mentions` and `story_insights`, beside what an update may have. */
const value = {
  ...update,
  ...insights,
  ...values('id comment_id parent_id text media_id'),
  from: values('id username self_ig_scoped_id'),
  media: values('id media_product_type ad_id ad_title original_media_id'),
} as const;

/** The change stands in a list with Facebook Login, in the entry itself with Business Login. */
const change = { field: true, value } as const;

export const declared = declare(
  {
    object: true,
    entry: [{ ...change, ...values('id time'), messaging: [update], standby: [update], changes: [change] }],
  },
  '',
);
