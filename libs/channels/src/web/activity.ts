// Messages as Direct Line activities: what the feed and the stream carry to the browser. No names, plain text only.
import type { Choice, Content, MediaType, OutboundContent } from '#libs/kernel';

/** Bot Framework activity schema 3.1, as far as the gateway sends it. */
export interface Activity {
  readonly type: 'message' | 'typing';
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  readonly channelId: 'directline';
  readonly conversation: { readonly id: string };
  readonly from: { readonly id: string; readonly role: 'bot' | 'user' };
  readonly replyToId?: string;
  readonly locale?: string;
  readonly text?: string;
  /** Always plain: clients would render Markdown, and a bot's text may quote what a person wrote. */
  readonly textFormat?: 'plain';
  readonly attachments?: readonly ActivityAttachment[];
  readonly suggestedActions?: { readonly actions: readonly CardAction[] };
  readonly entities?: readonly object[];
  readonly channelData?: { readonly clientActivityID?: string };
}

export interface ActivityAttachment {
  readonly contentType: string;
  readonly contentUrl?: string;
  readonly name?: string;
  readonly content?: object;
}

/** A button: the client answers with a message that has `value`, and shows `displayText` as what the person said. */
export interface CardAction {
  readonly type: 'messageBack';
  readonly title: string;
  readonly displayText: string;
  readonly text: string;
  readonly value: { readonly choice: string };
}

/** What stands around a message in its conversation. */
export interface ActivityFrame {
  /** Our id of the message. */
  readonly id: string;
  /** ms since epoch, UTC. */
  readonly at: number;
  readonly conversationId: string;
  /** Our id of the person's message that is answered: clients order by it. */
  readonly replyToId?: string;
  readonly locale?: string;
}

const HERO_CARD = 'application/vnd.microsoft.card.hero';
const BOT = { id: 'bot', role: 'bot' } as const;

type Body = Omit<Activity, 'type' | 'id' | 'timestamp' | 'channelId' | 'conversation' | 'from'>;

const framed = (frame: ActivityFrame, type: Activity['type'], body: Body & Pick<Activity, 'from'>): Activity => ({
  type,
  id: frame.id,
  timestamp: new Date(frame.at).toISOString(),
  channelId: 'directline',
  conversation: { id: frame.conversationId },
  ...(frame.replyToId === undefined ? {} : { replyToId: frame.replyToId }),
  ...(frame.locale === undefined ? {} : { locale: frame.locale }),
  ...body,
});

/** A message of ours as the client shows it; null for what `render` refuses. */
export function toActivity(message: OutboundContent, frame: ActivityFrame): Activity | null {
  if (message.type === 'typing') return framed(frame, 'typing', { from: BOT });
  const body = bodyOf(message);
  return body && framed(frame, 'message', { from: BOT, ...body });
}

/** The person's own message, as the client expects it back: it shows "sending" until it sees its own id again. */
export function echoActivity(
  content: Content | null,
  frame: ActivityFrame & { readonly visitorId: string; readonly clientActivityId?: string },
): Activity {
  const { visitorId, clientActivityId } = frame;
  return framed(frame, 'message', {
    from: { id: visitorId, role: 'user' },
    ...echoBody(content),
    ...(clientActivityId === undefined ? {} : { channelData: { clientActivityID: clientActivityId } }),
  });
}

const plain = (text: string) => ({ text, textFormat: 'plain' as const });

function bodyOf(message: OutboundContent): Body | null {
  switch (message.type) {
    case 'text':
      return { ...plain(message.text), ...suggested(message.choices ?? []) };
    case 'media':
      return { ...(message.caption === undefined ? {} : plain(message.caption)), attachments: [attachment(message)] };
    case 'buttons':
      return {
        ...plain(paragraphs([message.header, message.text, message.footer])),
        attachments: [card(message.buttons)],
      };
    case 'list':
      return { ...plain(message.text), attachments: message.sections.map(({ title, rows }) => card(rows, title)) };
    case 'location':
      return place(message);
    case 'typing':
    case 'template':
    case 'reaction':
    case 'read':
      return null;
    default:
      return message satisfies never;
  }
}

const paragraphs = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part.trim() !== '').join('\n\n');

const suggested = (choices: readonly Choice[]): Body =>
  choices.length === 0 ? {} : { suggestedActions: { actions: choices.map(action) } };

const action = ({ id, title, description }: Choice): CardAction => ({
  type: 'messageBack',
  title: description === undefined ? title : `${title} – ${description}`,
  displayText: title,
  text: title,
  value: { choice: id },
});

/** Buttons that stay: suggested actions go away with the next message. */
const card = (choices: readonly Choice[], title?: string): ActivityAttachment => ({
  contentType: HERO_CARD,
  content: { ...(title === undefined ? {} : { title }), buttons: choices.map(action) },
});

type Outbound<T extends OutboundContent['type']> = Extract<OutboundContent, { readonly type: T }>;

/** In words, without a map: a map would tell a third party where the person is looking. */
function place({ latitude, longitude, name, address }: Outbound<'location'>): Body {
  return {
    ...plain(paragraphs([name, address, `${latitude}, ${longitude}`])),
    entities: [{ type: 'Place', geo: { type: 'GeoCoordinates', latitude, longitude }, ...(name ? { name } : {}) }],
  };
}

const attachment = ({ media, url, fileName }: Outbound<'media'>): ActivityAttachment => ({
  contentType: mimeOf(media, url),
  contentUrl: url,
  ...(fileName === undefined ? {} : { name: fileName }),
});

/** Clients choose by the type how to show a file; where the address does not tell it, the most common one of its kind. */
const COMMON: Readonly<Record<MediaType, string>> = {
  image: 'image/jpeg',
  video: 'video/mp4',
  audio: 'audio/mpeg',
  document: 'application/octet-stream',
  sticker: 'image/webp',
};
const BY_ENDING: Readonly<Record<string, string>> = {
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  webm: 'video/webm',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  pdf: 'application/pdf',
  txt: 'text/plain',
};

function mimeOf(media: MediaType, url: string): string {
  const ending = /\.([a-z0-9]{2,4})$/i.exec(URL.canParse(url) ? new URL(url).pathname : '')?.[1];
  const known = ending === undefined ? undefined : BY_ENDING[ending.toLowerCase()];
  const kind = COMMON[media].split('/')[0];
  // A picture stays a picture, whatever its address ends in.
  return known !== undefined && (media === 'document' || known.startsWith(`${kind}/`)) ? known : COMMON[media];
}

function echoBody(content: Content | null): Body {
  if (content === null) return {}; // not kept
  switch (content.type) {
    case 'text':
      return plain(content.text);
    case 'choice':
      return plain(content.title ?? content.id);
    case 'media':
      return {
        ...(content.caption === undefined ? {} : plain(content.caption)),
        attachments: [
          {
            contentType: content.mime ?? COMMON[content.media],
            ...(content.fileName === undefined ? {} : { name: content.fileName }),
          },
        ],
      };
    case 'group': {
      const bodies = content.items.map(echoBody);
      const said = paragraphs(bodies.map((body) => body.text));
      const attachments = bodies.flatMap((body) => body.attachments ?? []);
      return { ...(said === '' ? {} : plain(said)), ...(attachments.length === 0 ? {} : { attachments }) };
    }
    case 'form': // the client showed it when it was filled in
    case 'location':
    case 'contacts':
    case 'order':
    case 'unsupported':
      return {};
    default:
      return content satisfies never;
  }
}
