// Identifier kinds that stand for a part of the content: by which of them a content type is guarded, and which repeat its words.
import type { Content } from '#libs/kernel';

/** Content types that an identifier kind of the same purpose guards, where the channel declares it. */
export const GUARDS: Readonly<Partial<Record<Content['type'], string>>> = {
  location: 'location',
  contacts: 'shared_contacts',
  form: 'flow_answers',
  order: 'order',
};

/** Kinds whose value repeats a part of the content, or is what the person wrote: what is done to the texts of that is done to it. */
export const REPEATING: ReadonlySet<string> = new Set([...Object.values(GUARDS), 'file_name', 'feedback']);
