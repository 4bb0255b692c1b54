// The term lists of all languages.
import { DE } from './de.js';
import { EN } from './en.js';
import { ES } from './es.js';
import { FR } from './fr.js';
import { IT } from './it.js';
import type { TermList } from './list.js';
import { NL } from './nl.js';
import { PL } from './pl.js';
import { PT } from './pt.js';

export const TERMS: readonly TermList[] = [DE, EN, FR, ES, IT, NL, PL, PT];
