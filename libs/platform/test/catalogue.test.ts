// The catalogue of events is no wish list: each is logged somewhere, each field is filled in somewhere.
import { globSync, readFileSync } from 'node:fs';
import { EVENTS, FIELDS } from '../src/logging/catalogue.js';

const SOURCES = globSync('{libs,apps}/*/src/**/*.ts').map((file) => readFileSync(file, 'utf8'));
/** Each from the name of the logger to the end of its statement. */
const CALLS = SOURCES.flatMap((source) => source.match(/\blog\.(?:debug|info|warn|error|event)\([^;]*/g) ?? []);

it.each(Object.keys(EVENTS))('%s is logged by something', (event) => {
  expect(CALLS.filter((call) => call.includes(`'${event}'`))).not.toEqual([]);
});

it.each(Object.keys(FIELDS))('%s is told by something', (field) => {
  const named = new RegExp(`[{,]\\s*${field}\\b`);
  expect(CALLS.filter((call) => named.test(call))).not.toEqual([]);
});
