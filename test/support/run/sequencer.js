// The order of the suites: the long ones first, so that none of them runs alone at the end. Jest knows how long each took only where it has run before.
import Sequencer from '@jest/test-sequencer';

/** Parts of paths, the longest first; whatever is not named comes after them. */
const LONG = [
  'test/crash/',
  'test/canary/canary.',
  'test/canary/erasure.',
  'test/journeys/erasure-killed.',
  'test/journeys/clauses.',
  'test/journeys/spine-trouble.',
  'test/journeys/restore.',
  'test/journeys/odd-values.',
  'test/journeys/rights-in-chat.',
  'platform/test/database.',
  'test/journeys/',
  'gateway/test/demo.',
  'instructions/test/decision-table.',
  'test/canary/',
  'rights/test/',
  'platform/test/',
  'gateway/test/',
  'pipeline/test/',
];

const rankOf = ({ path }) => {
  const rank = LONG.findIndex((part) => path.includes(part));
  return rank < 0 ? LONG.length : rank;
};

export default class LongFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}
