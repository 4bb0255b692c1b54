// The search for an erased person in what others wrote, where the instructions ask for it: page by page, so that nothing else waits for it.
import type { InForce } from '#libs/instructions';
import { Problem } from '#libs/kernel';
import type { Isolate } from '#libs/platform';
import type { Mention, SearchedMessage, Store } from '#libs/store';
import { contextOf, opened, openSubjectKey, seal, unseal, type TenantKeys } from '#libs/vault';
import { withoutPerson, wordsOf, type WithoutPerson } from './find.js';

export interface MentionDeps {
  readonly store: Store;
  readonly isolate: Isolate;
}

/** Messages that are opened in one go, and searches that are carried on in one run. */
const PAGE = 500;
const BATCH = 4;
/** The latest messages of the person say what they are called. */
const LATEST = 200;

const wordsContext = (tenantId: string, requestId: string): string => `${tenantId}|-|mention_search|${requestId}|words`;
const placeOf = (tenantId: string, m: { id: string; subject_id: string }): string =>
  contextOf({ tenantId, subjectId: m.subject_id, table: 'message', row: m.id, field: 'body' });

interface Words {
  readonly words: readonly string[];
  readonly country: string | null;
}

/** Identifiers and bodies of persons, as far as they open: what does not says nothing of them, and keeps nobody from being erased. */
function readable(keys: TenantKeys, known: Awaited<ReturnType<Store['wordsAbout']>>): [string[], unknown[]] {
  const { tenantId } = keys;
  const open = (key: Buffer, value: Buffer, place: string): string[] =>
    opened(() => [unseal(key, value, place).toString()]) ?? [];
  const all = known.flatMap(({ subjectId, wrapped, identities, bodies }) => {
    const key = opened(() => openSubjectKey(keys, subjectId, wrapped));
    if (!key) return [];
    const identity = (kind: string): string => contextOf({ tenantId, subjectId, table: 'identity', row: kind, field: 'value' });
    return {
      identifiers: identities.flatMap(({ kind, value }) => open(key, value, identity(kind))),
      bodies: bodies.flatMap(({ id, body }) => open(key, body, placeOf(tenantId, { id, subject_id: subjectId }))),
    };
  });
  return [all.flatMap((one) => one.identifiers), all.flatMap((one) => one.bodies).map((text) => JSON.parse(text) as unknown)];
} // prettier-ignore

export function createMentions({ store, isolate }: MentionDeps) {
  function lookAt(keys: TenantKeys, m: SearchedMessage, without: WithoutPerson): Mention | null {
    if (m.wrapped_key.length === 0) return null;
    const place = placeOf(keys.tenantId, m);
    // Nobody is mentioned in what opens for nobody: the search does not end at it.
    const found = opened(() => {
      const key = openSubjectKey(keys, m.subject_id, m.wrapped_key);
      return { key, body: JSON.parse(unseal(key, m.body, place).toString()) as unknown };
    });
    const next = found && without(found.body);
    if (!found || next === null) return null;
    return {
      messageId: m.id,
      conversationId: m.conversation_id,
      was: m.body,
      body: seal(found.key, JSON.stringify(next), place),
    };
  }

  async function carryOn(tenantId: string, requestId: string): Promise<void> {
    const search = await store.takeMentionSearch(tenantId, requestId);
    const keys = search?.words && (await store.tenantKeys(tenantId));
    if (!search?.words || !keys) return;
    const { words, country } = JSON.parse(unseal(keys.secrets, search.words, wordsContext(tenantId, requestId)).toString()) as Words; // prettier-ignore
    const without = withoutPerson(words, country);
    const page = words.length > 0 ? await store.messagesToSearch(tenantId, requestId, PAGE) : [];
    const found = page.map((m) => lookAt(keys, m, without)).filter((one) => one !== null);
    const mentions = found.map((one) => (search.mode === 'redact' ? one : { ...one, body: null }));
    const mark = page.length === PAGE ? page.at(-1)!.id : null;
    await store.searchedForMentions(tenantId, { requestId, mark, examined: page.length, mentions });
  }

  /** Of a search that has not ended. */
  async function wordsBefore(keys: TenantKeys, requestId: string): Promise<readonly string[]> {
    const search = await store.mentionSearch(keys.tenantId, requestId);
    if (!search?.words) return [];
    const text = unseal(keys.secrets, search.words, wordsContext(keys.tenantId, requestId)).toString();
    return (JSON.parse(text) as Words).words;
  }

  return {
    /**
     * Before the key goes: what the person is called is written down for the search. Nothing, where it is not instructed; of somebody unknown
     * a search for no words, which looks like any other. `again`: of those whom a hold kept when the others of the request went.
     */
    async begin(
      keys: TenantKeys,
      at: {
        readonly inForce: InForce | null;
        readonly requestId: string;
        readonly subjects: readonly string[];
        readonly again: boolean;
      },
    ): Promise<void> {
      const { inForce, requestId, subjects, again } = at;
      const mode = inForce?.document.rights?.['mentions'];
      if (!inForce || (mode !== 'redact' && mode !== 'list')) return;
      const { tenantId } = keys;
      const known = await store.wordsAbout(tenantId, subjects, LATEST);
      if (again && known.length === 0) return;
      const theirs = wordsOf(...readable(keys, known));
      const words = again ? [...new Set([...theirs, ...(await wordsBefore(keys, requestId))])] : theirs;
      const country = inForce.document.parties.controller.country ?? null;
      const sealed = seal(
        keys.secrets,
        JSON.stringify({ words, country } satisfies Words),
        wordsContext(tenantId, requestId),
      );
      // Whoever carries the request out comes again soon.
      if (!(await store.beginMentionSearch(tenantId, { requestId, mode, words: sealed, again })))
        throw new Problem('unavailable', 'A search for mentions is being carried on.');
    },

    async run(): Promise<void> {
      const open = await store.openMentionSearches(BATCH);
      await isolate({ name: 'mentions' }, open, ({ tenant_id, request_id }) => carryOn(tenant_id, request_id));
    },
  };
}

export type Mentions = ReturnType<typeof createMentions>;
