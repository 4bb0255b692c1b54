// Does a question for consent ask for agreement to terms in the same breath (Art. 7(2))? By a verb and a noun of one sentence.

const AGREE =
  /(?<!\p{L})(accept\p{L}*|agree\p{L}*|akzeptier\p{L}*|einverstanden|stimme?n?|zustimm\p{L}*|d[’']accord|acept\p{L}*|acuerdo|accett\p{L}*|d[’']accordo|accepteer\p{L}*|akkoord|akcept\p{L}*|zgadza\p{L}*|zgod\p{L}*|aceit\p{L}*|concord\p{L}*|acordo)(?!\p{L})/iu;

const TERMS =
  /(?<!\p{L})((our|the|these|following|your) terms|terms (and|&|of)|t&cs?|AGB|(geschäfts|nutzungs|vertrags)bedingungen|conditions (générales|d[’']utilisation|de vente)|CG[UV]|términos|condiciones (generales|de uso|del servicio)|termini (e|di|d[’'])|condizioni (generali|d[’']uso|di)|voorwaarden|regulamin\p{L}*|warunk\p{L}+ (korzystania|ogóln\p{L}*|umowy)|termos (e|de)|condições (gerais|de))(?!\p{L})/iu;

export const bundlesTerms = (body: string): boolean =>
  body.split(/(?<=[.!?;])\s+|\n+/).some((sentence) => AGREE.test(sentence) && TERMS.test(sentence));
