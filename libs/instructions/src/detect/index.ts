// Personal data in free text: finding it, treating it, putting it back.
export { MOST_LENGTH, treatContent, WITHHELD, withhold, type ContentTreatment, type Detector } from './content.js';
export { detect, detector } from './detect.js';
export { DETECT_KINDS, withoutOverlaps, type DetectKind, type DetectOptions, type Found } from './found.js';
export { regionOfNumber } from './region.js';
export { detectorRequest, readDetector } from './remote.js';
export { detectAcross, TAIL_LENGTH } from './split.js';
export { NO_TOKENS, tokenise, tokensIn, valueIn, withoutTokens, type TokenMap } from './tokens.js';
export { restore, restoreFrom, treat, type TextTreatment } from './treat.js';
