// Grounds on which a request may be refused. Terms of DPV 2.3 (eu-gdpr, rights justifications), read on 25 November 2026; where it has none, the article.

const DPV = [
  'JustificationA12ManifestlyUnfounded',
  'JustificationA12LackOfIntent',
  'JustificationA12MaliciousIntent',
  'JustificationA12ManifestlyExcessive',
  'JustificationA12IdentityFailure',
  'JustificationA17FreedomOfExpression',
  'JustificationA17LegallyRequired',
  'JustificationA17OfficialAuthority',
  'JustificationA17PublicInterest',
  'JustificationA17PublicHealth',
  'JustificationA17Archiving',
  'JustificationA17LegalClaims',
] as const;

/** Rights of others (Art. 15(4), 20(4)) and compelling legitimate grounds (Art. 21(1)). */
const WITHOUT_TERM = ['A15RightsOfOthers', 'A20RightsOfOthers', 'A21CompellingGrounds'] as const;

export const JUSTIFICATIONS = [...DPV, ...WITHOUT_TERM] as const;
