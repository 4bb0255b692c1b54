// Every field that a Direct Line client is known to send: what is not here is reported by its path.
import { declare, values } from '../shared/shape.js';

export const declared = declare(
  {
    ...values('conversationId visitorId activityId'),
    transport: { ...values('ip userAgent acceptLanguage referer origin gpc'), clientHints: 'any' },
    uploads: [values('id mime name')],
    activity: {
      ...values('type id text textFormat inputHint speak name timestamp localTimestamp localTimezone locale replyToId'),
      ...values('channelId serviceUrl deliveryMode attachmentLayout code importance summary'),
      from: values('id name role aadObjectId'),
      recipient: values('id name role'),
      conversation: values('id'),
      value: 'any',
      entities: 'any',
      suggestedActions: 'any',
      attachments: [{ ...values('contentType contentUrl name thumbnailUrl'), content: 'any' }],
      reactionsAdded: [values('type')],
      reactionsRemoved: [values('type')],
      channelData: {
        ...values('clientActivityID clientTimestamp postBack transcriptEmail attachmentSizes state'),
        messageBack: values('displayText'),
        page: values('url title referrer'),
        host: values('userId email name'),
        prechat: values('name email phone'),
      },
    },
  },
  '',
);
