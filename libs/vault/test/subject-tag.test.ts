// Tags of a person's leaves: found with the key, noise without it.
import { randomBytes } from 'node:crypto';
import { isAbout, newSubjectTag } from '#libs/vault';

const [ada, bob] = [randomBytes(32), randomBytes(32)];

it('the key finds the leaves of its person, and no others', () => {
  const leaves = [ada, bob, ada].map((key) => ({ type: 'disclosure', ...newSubjectTag(key) }));
  expect(leaves.map((leaf) => isAbout(ada, leaf))).toEqual([true, false, true]);
  expect(leaves.map((leaf) => isAbout(bob, leaf))).toEqual([false, true, false]);
});

it('two tags of one person have nothing in common', () => {
  const [one, other] = [newSubjectTag(ada), newSubjectTag(ada)];
  expect(one.event).not.toBe(other.event);
  expect(one.subjectTag).not.toBe(other.subjectTag);
});

it.each([{}, { type: 'intake', count: 3 }, { event: 'x' }, { event: 7, subjectTag: 'x' }])(
  '%j is about nobody',
  (leaf) => {
    expect(isAbout(ada, leaf)).toBe(false);
  },
);
