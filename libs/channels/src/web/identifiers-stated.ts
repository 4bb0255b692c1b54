// The identifier registry of web chat, part 3: what the host page or the person states about who is writing.
import type { IdentifierKind } from '#libs/kernel';

const stated = {
  phases: ['before', 'during'],
  scope: 'global',
  role: 'profile',
  category: 'profile',
  reply: 'none',
  sensitivity: 'high',
  of: 'subject',
  suggested: 'drop',
} as const satisfies Partial<IdentifierKind>;

const HOST = { needs: 'a host page that tells its own user; unsigned, so it proves nothing' };
const FORM = { needs: 'a form before the chat' };

export const statedIdentifiers: readonly IdentifierKind[] = [
  {
    ...stated,
    ...HOST,
    key: 'host_user_id',
    paths: ['activity.from.id', 'activity.from.aadObjectId', 'activity.channelData.host.userId'],
    dpv: ['UID'],
  },
  { ...stated, ...HOST, key: 'host_email', paths: ['activity.channelData.host.email'], dpv: ['EmailAddress'] },
  {
    ...stated,
    ...HOST,
    key: 'host_name',
    paths: ['activity.from.name', 'activity.channelData.host.name'],
    dpv: ['Name'],
  },
  { ...stated, ...FORM, key: 'prechat_name', paths: ['activity.channelData.prechat.name'], dpv: ['Name'] },
  { ...stated, ...FORM, key: 'prechat_email', paths: ['activity.channelData.prechat.email'], dpv: ['EmailAddress'] },
  { ...stated, ...FORM, key: 'prechat_phone', paths: ['activity.channelData.prechat.phone'], dpv: ['TelephoneNumber'] },
  {
    ...stated,
    key: 'transcript_email',
    paths: ['activity.channelData.transcriptEmail'],
    dpv: ['EmailAddress'],
    phases: ['after'],
    needs: 'a person who asks for a copy of the conversation',
    lifetime: 'send and forget',
  },
  {
    ...stated,
    key: 'file_name',
    paths: ['uploads[].name', 'activity.attachments[].name'],
    dpv: ['Name'],
    phases: ['during'],
    scope: 'none',
    role: 'metadata',
    category: 'attachments',
    sensitivity: 'medium',
    lifetime: 'often has a name or a place in it',
  },
  {
    ...stated,
    key: 'file_metadata',
    paths: ['upload:exif'],
    dpv: ['GPSCoordinate', 'DeviceBased', 'Name'],
    phases: ['during'],
    scope: 'none',
    role: 'metadata',
    category: 'attachments',
    lifetime:
      'where, when and with which device a picture or film was taken, by whom a document was made: taken out of JPEG, PNG, WebP, GIF, HEIC, AVIF, TIFF, MP4, QuickTime, M4A, 3GP, WebM, MP3, Ogg, WAV, FLAC, PDF, OOXML and OpenDocument before anything is stored; other files, and signed or encrypted documents, keep it',
  },
  {
    ...stated,
    key: 'flow_answers',
    paths: ['activity.value'],
    dpv: ['Communication'],
    phases: ['during'],
    scope: 'none',
    role: 'content',
    category: 'content',
    sensitivity: 'medium',
    lifetime: 'what was filled into a card with fields',
  },
];
