// The shared vocabulary as types. Imports nothing of ours.
export * from './category.js';
export * from './content.js';
export * from './event.js';
export * from './fields.js';
export * from './http.js';
export * from './identifier.js';
export * from './mandate.js';
export * from './outcome.js';
export * from './personal.js';
export * from './problem.js';
export * from './uuid.js';
