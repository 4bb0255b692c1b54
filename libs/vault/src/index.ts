// Keys, encryption, pseudonyms, key destruction.
export * from './cipher.js';
export * from './keys.js';
export * from './personal-seal.js';
export * from './subject-tag.js';
