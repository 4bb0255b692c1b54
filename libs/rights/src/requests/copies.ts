// The copies that requests end in: the controller may look at them, the person is handed them once, as one archive, in one browser.
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import mime from 'mime';
import type { Logger } from '#libs/platform';
import type { RightsRequestRow, SealedCopy, Store } from '#libs/store';
import { openSubjectKey, unseal, type TenantKeys } from '#libs/vault';
import { copyContext } from '../acts/acts.js';
import type { OpenFile, PersonCopy } from '../acts/copy.js';
import { withAddresses, type CopiedFile } from './addressed.js';
import { COPY_SCHEMA } from '../acts/copy-schema.js';
import { archive, digestLines, type Entry } from '../evidence/archive.js';
import { copyPage } from '../pages/copy-page.js';
import type { Language } from '../pages/language.js';

export interface CopiesDeps {
  readonly store: Store;
  readonly keysOf: (tenantId: string) => Promise<TenantKeys>;
  readonly openAttachment: OpenFile;
  readonly log: Logger;
  readonly now: () => number;
}

/** For a file that did not arrive although all of it was sent: the browser that has it may fetch it again. */
const AGAIN_MS = 600_000;

/** What goes out, and what is said when all of it went. */
export interface HandingOver {
  readonly archive: Readable;
  readonly done: () => void;
}

/** A copy and the key that its files are under, too. */
interface Opened {
  readonly copy: PersonCopy;
  readonly subjectId: string;
  readonly key: Buffer;
}

/** With an ending, so that whatever the person has opens it. */
const pathOf = ({ id, mime: type }: CopiedFile): string => `files/${id}.${mime.getExtension(type) ?? 'bin'}`;

const filesOf = ({ conversations }: PersonCopy): readonly CopiedFile[] =>
  conversations.flatMap(({ messages }) => messages.flatMap(({ attachments }) => attachments));

const holderOf = (browser: string): Buffer => createHash('sha256').update(browser).digest();

export function createCopies({ store, keysOf, openAttachment, log, now }: CopiesDeps) {
  async function opened(tenantId: string, requestId: string, sealed: readonly SealedCopy[]): Promise<Opened[]> {
    const keys = await keysOf(tenantId);
    return sealed.map(({ subject_id: subjectId, wrapped_key, body }) => {
      const key = openSubjectKey(keys, subjectId, wrapped_key);
      const copy = JSON.parse(unseal(key, body, copyContext({ tenantId, subjectId, requestId })).toString());
      return { copy, subjectId, key };
    });
  }

  const inTime = ({ evidence }: RightsRequestRow): boolean => {
    const until = evidence?.['availableUntil'];
    return typeof until === 'string' && new Date(until).getTime() > now();
  };
  /** Of somebody of whom nothing was held there is nothing that could be gone. */
  const wasEmpty = ({ evidence }: RightsRequestRow): boolean => {
    const made = evidence?.['copies'];
    return Array.isArray(made) && made.length === 0;
  };

  async function* entries(tenantId: string, requestId: string, of: { all: readonly Opened[]; language: Language }): AsyncGenerator<Entry> {
    // Each file is beside the page, not behind an address that ends.
    const copies = await Promise.all(of.all.map(({ copy }) => withAddresses(copy, async (file) => pathOf(file))));
    yield { path: 'copy.html', content: copyPage(copies, of.language, { json: 'copy.json' }) };
    yield { path: 'copy.json', content: JSON.stringify({ request: requestId, copies }) };
    yield { path: 'copy.schema.json', content: JSON.stringify(COPY_SCHEMA) };
    for (const { copy, subjectId, key } of of.all)
      for (const file of filesOf(copy)) {
        const found = await store.attachment(tenantId, file.id);
        // Retention may have been quicker.
        if (found) yield { path: pathOf(file), content: openAttachment({ tenantId, subjectId, key }, file.id, found.bytes) };
      }
  } // prettier-ignore

  return {
    /** What a completed request for a copy answers. Nothing held and nothing any longer look different only after some days. */
    async result(tenantId: string, row: RightsRequestRow): Promise<{ available: boolean; copies: PersonCopy[] }> {
      const found = inTime(row) ? await opened(tenantId, row.id, await store.copiesOf(tenantId, row.id)) : [];
      const available = inTime(row) && (found.length > 0 || wasEmpty(row));
      return { available, copies: found.map(({ copy }) => copy) };
    },

    /** Whether `take` would find something for this browser. */
    isThere: async (tenantId: string, row: RightsRequestRow, browser: string): Promise<boolean> =>
      inTime(row) && (wasEmpty(row) || (await store.hasCopies(tenantId, row.id, holderOf(browser)))),

    /**
     * Hands the copies over to the first browser that asks, known by its secret, and to no other. It gets them again until all of it went
     * out once, however often the transfer breaks off, and for a few minutes more.
     */
    async take(tenantId: string, row: RightsRequestRow, by: { browser: string; language: Language }): Promise<HandingOver | null> {
      const sealed = inTime(row) ? await store.takeCopies(tenantId, row.id, holderOf(by.browser)) : [];
      if (sealed.length === 0 && !(inTime(row) && wasEmpty(row))) return null;
      const all = await opened(tenantId, row.id, sealed);
      return {
        archive: archive(entries(tenantId, row.id, { all, language: by.language }), {
          at: new Date(now()),
          last: (digests) => ({ path: 'SHA256SUMS', content: `${digestLines(digests).join('\n')}\n` }),
        }),
        done: () =>
          void store
            .copiesHandedOver(tenantId, row.id, new Date(now() + AGAIN_MS))
            .catch((error: unknown) => log.error('rights.failed', { tenantId, requestId: row.id, error })),
      };
    }, // prettier-ignore
  };
}
