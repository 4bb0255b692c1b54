// Office files (OOXML, OpenDocument): who made them, when and with what, and what pictures in them carry. What is written in them stays.
import { nobodysIn } from './office-authors.js';
import { contentOf, holding, holdingText, NO_TIME, unzip, zip, type Entry } from './zip.js';

/** A document whose signature covers its parts is worth nothing once one of them is another. */
const SIGNED = /^_xmlsignatures\/|^META-INF\/\w*signatures\.xml$/;
const OPEN_DOCUMENT = /^application\/vnd\.oasis\.opendocument\./;
const PICTURE = /\.(jpe?g|jfif|png|gif|webp|tiff?|heic|avif|mp4|m4v|m4a|mov|mp3|wav|ogg|flac|webm)$/i;

/** By the end of a relationship's type or of a part's usual name: what it is replaced by. */
const NOTHING: readonly (readonly [RegExp, string])[] = [
  [/core-properties$|docProps\/core\.xml$/, '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'],
  [/extended-properties$|docProps\/app\.xml$/, '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'],
  [/custom-properties$|docProps\/custom\.xml$/, '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'],
  [/(^|\/)meta\.xml$/, '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"/>'],
  // A picture of what the first page was when somebody last saved it.
  [/thumbnail$|^docProps\/thumbnail\.|^Thumbnails\//, ''],
]; // prettier-ignore

const nothingFor = (name: string): string | undefined => NOTHING.find(([which]) => which.test(name))?.[1];

const textOf = (entries: readonly Entry[], name: string): string => {
  const entry = entries.find((one) => one.name === name);
  return (entry && contentOf(entry)?.toString()) ?? '';
};

/** Parts need not have their usual names: the package says which one is what. */
function namedByPackage(entries: readonly Entry[]): ReadonlyMap<string, string> {
  const named = new Map<string, string>();
  for (const [tag] of textOf(entries, '_rels/.rels').matchAll(/<Relationship\s[^>]{1,2000}>/g)) {
    const type = /\sType="([^"]+)"/.exec(tag)?.[1];
    const target = /\sTarget="\/?([^"]+)"/.exec(tag)?.[1];
    const text = type && nothingFor(type);
    if (target && text !== undefined) named.set(target, text);
  }
  return named;
}

/** What an office file is without it; null: no such file, signed, or encrypted. */
function replacementsFor(entries: readonly Entry[]): ((name: string) => string | undefined) | null {
  if (entries.some(({ name }) => SIGNED.test(name))) return null;
  if (entries.some(({ name }) => name === '[Content_Types].xml')) {
    const named = namedByPackage(entries);
    return (name) => named.get(name) ?? (name.startsWith('docProps/') ? nothingFor(name) : undefined);
  }
  const isOpen = OPEN_DOCUMENT.test(textOf(entries.slice(0, 1), 'mimetype'));
  return isOpen && !textOf(entries, 'META-INF/manifest.xml').includes('encryption-data') ? nothingFor : null;
}

/** A book; what is longer is not read for names, as everybody else waits meanwhile. */
const LONGEST_TEXT = 8 * 1024 * 1024;

/** The names of whoever changed and commented. */
function withoutAuthors(entry: Entry): Entry {
  const without = entry.size <= LONGEST_TEXT ? nobodysIn(entry.name) : null;
  const text = without && contentOf(entry);
  const left = text && without(text);
  return left && left !== text ? holdingText(entry, left) : entry;
}

/** @param strip what becomes of a picture or a sound that is in it */
export function officeWithout(bytes: Buffer, strip: (bytes: Buffer) => Buffer): Buffer | null {
  const read = unzip(bytes);
  const replacement = read && replacementsFor(read.entries);
  if (!replacement) return null;
  const without = (entry: Entry): Entry => {
    const text = replacement(entry.name);
    if (text === undefined && !PICTURE.test(entry.name)) return withoutAuthors(entry);
    const content = contentOf(entry);
    const left = text === undefined ? content && strip(content) : Buffer.from(text);
    return left && !content?.equals(left) ? holding(entry, left) : entry;
  };
  const entries = read.entries.map(without);
  const isSame = entries.every((entry, n) => entry === read.entries[n] && entry.time === NO_TIME);
  return isSame && !read.isNoted ? bytes : zip(entries);
}
