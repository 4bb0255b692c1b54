// Wishes for one's rights in people's own words, in eight languages.
import { DE } from './de.js';
import { EN } from './en.js';
import { ES } from './es.js';
import { FR } from './fr.js';
import { IT } from './it.js';
import { NL } from './nl.js';
import { PL } from './pl.js';
import { PT } from './pt.js';
import { rightsIn, type RightAsked } from './rules.js';

const ALL = [EN, DE, FR, ES, IT, NL, PL, PT].flatMap(rightsIn);

/** @param said normalised, without polite words */
export const rightAskedIn = (said: string): RightAsked | null => ALL.find(([, test]) => test(said))?.[0] ?? null;
