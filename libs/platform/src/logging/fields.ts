// What a log field may carry: checked by the compiler where it can be, and at run time always.
import { isUuid, Personal } from '#libs/kernel';
import { describeFailure, type Failure } from './failure.js';
import { FIELDS, type FieldKind, type FieldName } from './catalogue.js';

declare const checked: unique symbol;
/** A code that is known at run time only; {@link code} makes one. */
export type Code = string & { readonly [checked]: true };

interface KindTypes {
  readonly id: string;
  readonly count: number;
  readonly ms: number;
  readonly code: string;
  readonly flag: boolean;
  readonly failure: unknown;
}

export type Fields = { readonly [N in FieldName]?: KindTypes[(typeof FIELDS)[N]] };

/** A literal or a {@link Code} passes; a mere `string` does not, for it may hold anything. */
type FixedWord<T> = T extends Code ? T : string extends T ? never : T;
/** Field by field what the compiler lets through: no unknown name, no free string. */
export type Safe<F> = {
  readonly [N in keyof F]: N extends FieldName
    ? (typeof FIELDS)[N] extends 'code'
      ? FixedWord<F[N]>
      : (typeof FIELDS)[N] extends 'failure'
        ? F[N] extends Personal<unknown>
          ? never
          : F[N]
        : F[N]
    : never;
};

const REFUSED = '[refused]';
/** Begins with a letter unless it is a short number: a telephone number, an address or a name with a space is none. */
const CODE = /^(?:[a-z][a-z0-9]*(?:[-_./:[\]{}]{1,4}[a-z0-9]*)*|\/[a-z0-9\-_/:{}]*|\d{1,6}(?:\/\d{1,7})?)$/i;
const LONGEST_CODE = 80;
const DIGITS_OF_A_NUMBER = /\d{8,}/;

/** Makes a code of a string from outside, such as a platform's error code; anything else becomes `[refused]`. */
export function code(value: string): Code {
  const fits = value.length <= LONGEST_CODE && CODE.test(value) && !DIGITS_OF_A_NUMBER.test(value);
  return (fits ? value : REFUSED) as Code;
}

type Written = string | number | boolean | Failure;

const write: { readonly [K in FieldKind]: (value: unknown) => Written } = {
  id: (value) => (typeof value === 'string' && isUuid(value) ? value : REFUSED),
  count: (value) => (typeof value === 'number' && Number.isFinite(value) ? value : REFUSED),
  ms: (value) => (typeof value === 'number' && Number.isFinite(value) ? Math.round(value * 10) / 10 : REFUSED),
  code: (value) => (typeof value === 'string' ? code(value) : REFUSED),
  failure: (value) => (value instanceof Personal ? REFUSED : describeFailure(value)),
};

const isField = (name: string): name is FieldName => Object.hasOwn(FIELDS, name);

/** The fields of one line: unknown names are dropped, values that do not fit their kind become `[refused]`. */
export function writeFields(fields: Readonly<Record<string, unknown>>): Record<string, Written> {
  const line: Record<string, Written> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || !isField(name)) continue;
    line[name] = write[FIELDS[name]](value);
  }
  return line;
}
