// What the rewriting of a case may change, and what it may not.
import fc from 'fast-check';

import { rewrite, type Json } from '../src/simulate/rewrite.js';

const NOW = 1_800_000_000_000;
let made = 0;
const rewriting = { own: new Map([['100', '200']]), now: NOW, freshId: (old: string) => `${old}-${++made}` };

describe('rewrite', () => {
  it('replaces the account wherever it stands, as a value and not as a part of one', () => {
    expect(
      rewrite({ id: '100', entry: [{ recipient: { id: '100' } }], text: '100 times', from: '1001' }, rewriting),
    ).toEqual({
      id: '200',
      entry: [{ recipient: { id: '200' } }],
      text: '100 times',
      from: '1001',
    });
  });

  it('gives one old id one new id', () => {
    const result = rewrite(
      { id: 'wamid.A', context: { id: 'wamid.A' }, reaction: { message_id: 'wamid.B' } },
      rewriting,
    );
    const { id, context, reaction } = result as {
      id: string;
      context: { id: string };
      reaction: { message_id: string };
    };
    expect(id).not.toBe('wamid.A');
    expect(context.id).toBe(id);
    expect(reaction.message_id).not.toBe(id);
  });

  it('makes the latest time now and keeps distance, unit and type', () => {
    const payload = { time: 1_700_000_060_000, timestamp: '1700000000', read: { watermark: 1_700_000_059_000 } };
    expect(rewrite(payload, rewriting)).toEqual({
      time: NOW,
      timestamp: String(NOW / 1000 - 60),
      read: { watermark: NOW - 1000 },
    });
  });

  it('leaves everything else as it was', () => {
    const harmless = fc.letrec((tie) => ({
      value: fc.oneof(
        fc.constant(null),
        fc.boolean(),
        fc.integer(),
        fc.stringMatching(/^[a-z ]{0,12}$/),
        fc.array(tie('value')),
        fc.dictionary(fc.stringMatching(/^[a-su-z]{1,6}$/), tie('value')),
      ),
    })).value;
    fc.assert(fc.property(harmless, (payload) => expect(rewrite(payload as Json, rewriting)).toEqual(payload)));
  });
});
