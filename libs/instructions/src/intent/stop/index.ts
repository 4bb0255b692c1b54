// Wishes to hear no more in people's own words, in eight languages.
import { DE } from './de.js';
import { EN } from './en.js';
import { ES } from './es.js';
import { FR } from './fr.js';
import { IT } from './it.js';
import { NL } from './nl.js';
import { PL } from './pl.js';
import { PT } from './pt.js';
import { isStop, type StopRules } from './rules.js';

const ALL: readonly StopRules[] = [EN, DE, FR, ES, IT, NL, PL, PT];

/** @param said normalised, without polite words */
export const asksToStop = (said: string): boolean => ALL.some((rules) => isStop(said, rules));
