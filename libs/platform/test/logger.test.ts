// The logger: what it writes, and all that it does not.
import fc from 'fast-check';
import { personal } from '#libs/kernel';
import { code, createLogger, describeFailure, type Logger } from '#libs/platform';
import { collectingLogger } from './collecting-logger.js';

const ID = '018f3b1e-7c1a-7000-8000-000000000001';

/** What one line says; the compiler's objections are set aside, for this is about run time. */
function written(fields: object): Record<string, unknown> {
  const { log, text } = collectingLogger();
  (log.info as (event: string, fields: object) => void)('webhook.refused', fields);
  return JSON.parse(text()) as Record<string, unknown>;
}

it('writes the event, its level and its fields', () => {
  const { log, text } = collectingLogger();
  log.warn('connection.stopped', { connectionId: ID, attempt: 2, ms: 12.345, reason: 'window-closed' });
  expect(JSON.parse(text())).toEqual({
    level: 'warn',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    event: 'connection.stopped',
    connectionId: ID,
    attempt: 2,
    ms: 12.3,
    reason: 'window-closed',
  });
});

it('takes the level of an event from the catalogue', () => {
  const { log, text } = collectingLogger();
  log.event('database.lost');
  expect(JSON.parse(text())).toMatchObject({ level: 'error', event: 'database.lost' });
});

it('is for people on a terminal', () => {
  let text = '';
  const log = createLogger({
    logLevel: 'info',
    logFormat: 'auto',
    to: { isTTY: true, write: (line) => void (text += line) },
  });
  log.info('gateway.ready', { port: 3000, ms: 4 });
  log.debug('sweep.woke', { count: 1 });
  expect(text).toMatch(/^\d\d:\d\d:\d\d info {2}gateway\.ready port=3000 ms=4\n$/);
});

it.each<[string, object, unknown]>([
  ['an unknown field is dropped', { text: 'Quentin' }, undefined],
  ['an id is a uuid', { connectionId: '4915550000001' }, '[refused]'],
  ['a count is a number', { count: '4915550000001' }, '[refused]'],
  ['a code is a word: no name with a space', { reason: 'Quentin Canary' }, '[refused]'],
  ['a code is a word: no telephone number', { reason: '4915550000001' }, '[refused]'],
  ['a code is a word: no number behind a word', { reason: 'user-4915550000001' }, '[refused]'],
  ['a code is a word: no address', { reason: 'quentin@example.org' }, '[refused]'],
  ['a code is short', { reason: 'a'.repeat(81) }, '[refused]'],
  ['a code has no line break', { reason: 'a\nb' }, '[refused]'],
  ['personal data as a code', { reason: personal('x') }, '[refused]'],
  ['personal data as an id', { connectionId: personal(ID) }, '[refused]'],
  ['personal data as an error', { error: personal(new Error('x')) }, '[refused]'],
  ['an object as a code', { reason: { toString: () => 'quentin' } }, '[refused]'],
  ['not a number', { ms: NaN }, '[refused]'],
])('%s', (_what, fields, expected) => {
  const line = written(fields);
  expect(line[Object.keys(fields)[0]!]).toBe(expected);
  expect(JSON.stringify(line)).not.toMatch(/quentin|4915550000001/i);
});

it.each([
  'bad-signature',
  '131056',
  'invalid-input',
  '/v1/tenants/:slug',
  'object[].entry[].changes',
  'whatsapp-cloud',
  'ECONNREFUSED',
  '131047/2494010',
])('a code may be %s', (value) => expect(code(value)).toBe(value));

it('does not write an event that is not in the catalogue', () => {
  const { log, text } = collectingLogger();
  (log.info as (event: string) => void)('Quentin wrote');
  expect(text()).toBe('');
});

it('never lets a run of eight digits or an address through in any field', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('reason', 'code', 'connectionId', 'count', 'text', 'path'),
      fc.string(),
      fc.constantFrom('4915550000001', 'a.b@example.org', '+49 1555 000001'),
      (field, around, value) => {
        expect(JSON.stringify(written({ [field]: around + value + around }))).not.toContain(value);
      },
    ),
  );
});

describe('an error', () => {
  it('is told by class, code and place, not by what it says', () => {
    const failure = describeFailure(
      Object.assign(new TypeError('Quentin Canary +4915550000001'), {
        code: 'E_CANARY',
        detail: 'Key (name)=(Quentin)',
      }),
    );
    expect(failure).toMatchObject({ name: 'TypeError', code: 'E_CANARY' });
    expect(failure.at?.[0]).toMatch(/libs\/platform\/test\/logger\.test\.ts:\d+:\d+$/);
    expect(JSON.stringify(failure)).not.toMatch(/quentin|491555/i);
  });

  it('may have a message that looks like a stack', () => {
    const error = new Error('x\n    at Quentin (/home/quentin/4915550000001.js:1:1)\n    at /quentin:1:1');
    expect(JSON.stringify(describeFailure(error))).not.toMatch(/quentin/i);
    error.message = 'another by now';
    expect(JSON.stringify(describeFailure(error))).not.toMatch(/quentin/i);
  });

  it('of the database names the constraint', () => {
    const error = Object.assign(new Error('duplicate key'), {
      code: '23505',
      constraint: 'person_pkey',
      table: 'person',
      detail: 'Key (name)=(Quentin)',
    });
    expect(describeFailure(error)).toMatchObject({ code: '23505', constraint: 'person_pkey', table: 'person' });
  });

  it('has a cause, and causes may go round', () => {
    const inner = new RangeError('Quentin');
    const outer = new Error('Quentin', { cause: inner });
    inner.cause = outer;
    expect(describeFailure(outer)).toMatchObject({ cause: { name: 'RangeError', cause: { name: 'Error' } } });
    expect(describeFailure(new AggregateError([inner]))).toMatchObject({
      name: 'AggregateError',
      cause: { name: 'RangeError' },
    });
  });

  it.each([['Quentin'], [null], [undefined], [{ message: 'Quentin' }]])('may be none: %j', (thrown) => {
    expect(describeFailure(thrown)).toEqual({ name: 'NotAnError' });
  });

  it('may have a name and a code of its own making', () => {
    const error = Object.assign(new Error(), { name: 'Quentin Canary', code: '4915550000001' });
    expect(describeFailure(error)).not.toHaveProperty('code');
    expect(describeFailure(error).name).toBe('Error');
  });
});

// What must not compile: each of these is an error of its own if it ever does.
export function doesNotCompile(log: Logger, text: string): void {
  // @ts-expect-error no such event
  log.info('quentin.wrote');
  // @ts-expect-error no such field
  log.info('webhook.refused', { text: 'hello' });
  // @ts-expect-error a string that may be anything
  log.info('webhook.refused', { reason: text });
  // @ts-expect-error personal data as a code
  log.info('webhook.refused', { reason: personal('x') });
  // @ts-expect-error personal data as an id
  log.info('webhook.refused', { connectionId: personal(ID) });
  // @ts-expect-error personal data as an error
  log.info('webhook.refused', { error: personal('x') });
  log.info('webhook.refused', { reason: code(text), connectionId: text, status: 401 });
}
