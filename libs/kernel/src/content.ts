// What people write and bots answer, in one normal form for all channels.

export type MediaType = 'image' | 'video' | 'audio' | 'document' | 'sticker';

/**
 * Content of an inbound message. All of it is personal data; events carry it as `Personal<Content>`.
 * `location`, `contacts`, `form` and `order` are guarded by the identifier kind of the same purpose in the
 * channel's registry; text by the category `content`; media by the category `attachments`.
 */
export type Content =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'media';
      readonly media: MediaType;
      /** Platform id or URL by which the bytes can be fetched. */
      readonly source: { readonly id: string } | { readonly url: string };
      readonly caption?: string;
      readonly mime?: string;
      /** As sent by the platform: base64 or hex of SHA-256. */
      readonly sha256?: string;
      readonly fileName?: string;
      readonly voice?: boolean;
    }
  | { readonly type: 'choice'; readonly id: string; readonly title?: string; readonly description?: string }
  | {
      readonly type: 'location';
      readonly latitude: number;
      readonly longitude: number;
      readonly name?: string;
      readonly address?: string;
    }
  | { readonly type: 'contacts'; readonly contacts: readonly unknown[] }
  | { readonly type: 'form'; readonly name?: string; readonly answers: unknown }
  | { readonly type: 'order'; readonly order: unknown }
  | { readonly type: 'group'; readonly items: readonly Content[] } // one platform message with several parts
  | { readonly type: 'unsupported'; readonly what: string };

export type ContentType = Content['type'];

/** A choice offered to the person: a button, a quick reply or a list row. Ids come back as `choice.id`. */
export interface Choice {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
}

/** How ids of the gateway's own buttons begin, which answer its questions for consent and age. */
export const OWN_CHOICES = { consent: 'consent:', age: 'age:' } as const;

/** Somebody else's button with such an id would answer in the person's name what they were not asked. A platform may cut or trim an id. */
export const isOwnChoice = (id: string): boolean =>
  Object.values(OWN_CHOICES).some((start) => id.trimStart().startsWith(start));

/** Words, a file or a place may quote what they answer. */
export interface Quoting {
  /** Our id of a message of the person in the same conversation; where the channel cannot quote it, it goes out without. */
  readonly replyTo?: string;
}

/** What may be sent to a person. Each channel renders it or refuses with a typed reason. */
export type OutboundContent = (OutboundMessage & Quoting) | OutboundTemplate | OutboundGesture;

type OutboundMessage =
  | { readonly type: 'text'; readonly text: string; readonly choices?: readonly Choice[] }
  | {
      readonly type: 'media';
      readonly media: MediaType;
      readonly url: string;
      readonly caption?: string;
      readonly fileName?: string;
    }
  | {
      readonly type: 'buttons';
      readonly text: string;
      readonly buttons: readonly Choice[];
      readonly header?: string;
      readonly footer?: string;
    }
  | {
      readonly type: 'list';
      readonly text: string;
      readonly button: string;
      readonly sections: readonly { readonly title?: string; readonly rows: readonly Choice[] }[];
    }
  | {
      readonly type: 'location';
      readonly latitude: number;
      readonly longitude: number;
      readonly name?: string;
      readonly address?: string;
    };

interface OutboundTemplate {
  readonly type: 'template';
  readonly name: string;
  readonly language: string;
  /** Passed to the platform as they are. */
  readonly components?: readonly unknown[];
  /** What it is sent for, a purpose of the instructions; never passed to the platform. */
  readonly purpose?: string;
}

type OutboundGesture =
  | { readonly type: 'reaction'; readonly emoji: string | null } // null takes the reaction back
  | { readonly type: 'read' } // marks the person's last message as read
  | { readonly type: 'typing' };

export type OutboundType = OutboundContent['type'];
