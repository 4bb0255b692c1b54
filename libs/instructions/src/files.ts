// Which files a channel's clause lets in: by type, by size, and whether what is embedded in them is taken out.
import type { Content, IdentifierAction } from '#libs/kernel';
import type { ChannelClause } from './document.js';

export interface FileRules {
  /** `image`, `image/*` or `image/png`; null: whatever the channel takes. */
  readonly types: readonly string[] | null;
  readonly maxBytes: number | null;
  /** What is embedded in pictures and films (EXIF, XMP, places, times) is taken out before anything is stored. */
  readonly stripMetadata: boolean;
}

/** The kind of what a file says of where, when and by whom it was made, on channels that declare it. */
export const FILE_METADATA = 'file_metadata';

/** Where it is a kind of its own, metadata stays only if that is kept and `stripMetadata` does not say otherwise: deny wins. */
const strips = (asked: boolean | undefined, metadata: IdentifierAction | undefined): boolean =>
  metadata === undefined ? asked !== false : metadata !== 'keep' || asked === true;

/** @param metadata what becomes of the kind; left out where the channel has no such kind */
export const filesOf = ({ attachments }: Pick<ChannelClause, 'attachments'>, metadata?: IdentifierAction): FileRules => ({
  types: attachments?.types ?? null,
  maxBytes: attachments?.maxBytes ?? null,
  stripMetadata: strips(attachments?.stripMetadata, metadata),
}); // prettier-ignore

/** Of a channel that the document does not list: the purposes alone decide. */
export const ANY_FILES: FileRules = filesOf({});

type Media = Extract<Content, { type: 'media' }>;

/** What the platform says the file is, without parameters: `audio/ogg; codecs=opus` is `audio/ogg`. */
const nameOf = (mime: string | undefined): string | undefined => mime?.split(';')[0]?.trim().toLowerCase();

/** A file whose type nobody states passes only where its kind alone is named. */
export function isPermitted({ types }: FileRules, { media, mime }: Pick<Media, 'media' | 'mime'>): boolean {
  if (types === null) return true;
  const name = nameOf(mime);
  return types.some((type) => {
    const wanted = type.toLowerCase();
    if (wanted === media || wanted === name) return true;
    return wanted.endsWith('/*') && (name ? name.startsWith(wanted.slice(0, -1)) : wanted === `${media}/*`);
  });
}

/** Does the second let in less than the first, or leave less in it? */
export const isStricterOnFiles = (before: FileRules, after: FileRules): boolean =>
  (after.types !== null && (before.types?.some((type) => !after.types!.includes(type)) ?? true)) ||
  (after.maxBytes !== null && after.maxBytes < (before.maxBytes ?? Infinity)) ||
  (after.stripMetadata && !before.stripMetadata);
