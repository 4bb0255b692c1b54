// Sections on who is involved and how long: effective, contract, parties, law.
import { about, closed, country, date, instant, line, listOf, mapOf, period, url } from './shapes.js';

const party = closed({ name: line, address: line, country, contact: line }, ['name', 'contact']);
const contact = closed({ name: line, contact: line, address: line, country }, ['contact']);

export const effective = closed({ from: instant, until: instant });

export const contract = closed({
  type: { type: 'string', enum: ['eu-scc-2021-915', 'own'] },
  signed: date,
  ref: line,
  atEnd: { type: 'string', enum: ['delete', 'return'] },
  approvals: about('How many named persons, with keys of their own, approve a version.', {
    type: 'integer',
    enum: [1, 2],
  }),
  checkpoints: about('Where the signed checkpoint of the ledger is posted once a day.', url),
});

export const parties = closed(
  {
    controller: party,
    representative: contact,
    dpo: contact,
    authority: contact,
    jointControllers: listOf(party),
    breachContacts: listOf(line),
  },
  ['controller'],
);

/** Dated values that change; what is not given comes with the release. */
export const law = closed({
  breachHours: { type: 'integer', minimum: 1, maximum: 720 },
  minorAges: mapOf({ type: 'integer', minimum: 13, maximum: 18 }, country),
  adequacyList: line,
  noticePeriod: period,
});
