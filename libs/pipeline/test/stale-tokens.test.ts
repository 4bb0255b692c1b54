// A token lives no longer than the words it stands for, whatever takes those away; what is left is still put together.
import { whatsAppText } from '../../../test/support/webhooks.js';
import { NO_TOKENS, tokenise, tokensIn, valueIn } from '#libs/instructions';
import { openSubjectKey } from '#libs/vault';
import fc from 'fast-check';
import { openTokens } from '../src/tokens.js';
import { startLine, type Change, type Line } from './line.js';
import { startNumber, withNumber } from './number.js';

let line: Line;
beforeAll(async () => {
  line = await startLine();
  line.bot.answer(() => ({ body: { messages: [] } }));
});
afterAll(() => line.stop());

type Tenant = Awaited<ReturnType<Line['tenant']>>;

/** What the tokens of the only conversation stand for. */
async function meanings(t: Tenant): Promise<readonly string[]> {
  const [row] = await t.query<{ id: string; subject_id: string; tokens: Buffer | null; wrapped_key: Buffer }>(
    `SELECT c.id, c.subject_id, c.tokens, s.wrapped_key FROM parley.conversation c JOIN parley.subject_key s ON s.tenant_id = c.tenant_id AND s.subject_id = c.subject_id WHERE c.tenant_id = $1`,
  );
  const { id, subject_id: subjectId, tokens, wrapped_key } = row!;
  const whose = { tenantId: t.id, subjectId, key: openSubjectKey(t.keys, subjectId, wrapped_key) };
  return Object.values(openTokens(whose, id, tokens)).flat();
}

const storing =
  (beforeStore: string): Change =>
  (d) => (withNumber(d), Object.assign(d, { freeText: { beforeStore } }));

describe.each(['tokenise', 'as-is'])('stored %s', (beforeStore) => {
  async function written() {
    const t = await line.tenant(storing(beforeStore));
    const anna = t.visitor();
    await anna.says({ text: 'write to first@example.com or both@example.com' });
    await line.work();
    const between = new Date();
    await anna.says({ text: 'or to both@example.com and second@example.com' });
    await line.work();
    expect(await meanings(t)).toEqual(['first@example.com', 'both@example.com', 'second@example.com']);
    return { t, anna, between };
  }

  it('goes with the last content that says it, when that is due', async () => {
    const { t, between } = await written();
    const due = { tenantId: t.id, rule: 'content', start: 'ingest', cutoff: between, under: [1] } as const;
    expect((await line.store.sweepContent(due))!.count).toBe(1);
    await line.freshTokens();
    expect(await meanings(t)).toEqual(['', 'both@example.com', 'second@example.com']);
  });

  it('what comes afterwards gets a number of its own', async () => {
    const { t, anna, between } = await written();
    await line.store.sweepContent({ tenantId: t.id, rule: 'content', start: 'ingest', cutoff: between, under: [1] });
    await line.freshTokens();
    await anna.says({ text: 'again first@example.com' });
    await line.work();
    expect(await meanings(t)).toEqual(['', 'both@example.com', 'second@example.com', 'first@example.com']);
  });

  it('waits for a turn that has the conversation in hand', async () => {
    const { t, between } = await written();
    await t.query("UPDATE parley.conversation SET lease_until = now() + interval '1 minute' WHERE tenant_id = $1");
    await line.store.sweepContent({ tenantId: t.id, rule: 'content', start: 'ingest', cutoff: between, under: [1] });
    await line.freshTokens();
    expect(await meanings(t)).toContain('first@example.com');
    await t.query('UPDATE parley.conversation SET lease_until = NULL WHERE tenant_id = $1');
    await t.query('UPDATE parley.stale_tokens SET not_before = now() WHERE tenant_id = $1');
    await line.freshTokens();
    expect(await meanings(t)).not.toContain('first@example.com');
    expect(await t.query('SELECT 1 FROM parley.stale_tokens WHERE tenant_id = $1')).toEqual([]);
  });

  it.each(['revoke', 'edit'])('goes with the wording that the person takes away: %s', async (type) => {
    const t = await line.tenant(storing(beforeStore));
    const number = await startNumber(line, t);
    const person = { phone: '4915550000009', user: 'DE.1000000000000077' };
    const id = 'wamid.FIRST';
    await number.posts(person, { ...whatsAppText('mine is first@example.com'), id });
    await line.work();
    expect(await meanings(t)).toEqual(['first@example.com']);
    const edited = { original_message_id: id, message: { type: 'text', text: { body: 'mine is not told' } } };
    const change = type === 'revoke' ? { type, revoke: { original_message_id: id } } : { type, edit: edited };
    await number.posts(person, change);
    await line.work();
    await line.freshTokens();
    expect(await meanings(t)).toEqual(['']);
  });
});

it('keeps every value that some word still says, lets the others go, and gives no number twice', () => {
  const values = fc.uniqueArray(fc.stringMatching(/^[a-z]{3,8}@[a-z]{3,8}\.example$/), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(values, fc.infiniteStream(fc.constantFrom('token', 'in full', 'gone')), (all, how) => {
      let map = NO_TOKENS;
      const tokens = all.map((value) => {
        const made = tokenise(map, 'email', value);
        map = made.map;
        return { value, token: made.token, how: how.next().value as string };
      });
      const words = tokens.flatMap((one) => (one.how === 'gone' ? [] : [one.how === 'token' ? one.token : one.value]));
      const left = tokensIn(map, words);
      for (const { token, value, how: said } of tokens) {
        const hidden = words.join('').replaceAll(/[@.]/g, '').includes(value.replaceAll(/[@.]/g, ''));
        expect(valueIn(left, token)).toBe(said === 'gone' && !hidden ? undefined : value);
      }
      expect(tokens.map(({ token }) => token)).not.toContain(tokenise(left, 'email', 'new@new.example').token);
    }),
  );
});
