// Input is data to be judged: unknown fields are refused, and a refusal names the place, never the value.
import { applyDecorators, ValidationPipe, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { IsISO8601, Matches, MaxLength, MinLength } from 'class-validator';
import { isUuid, Problem, type InputError } from '#libs/kernel';

const MAX_DEPTH = 20;
const MAX_ERRORS = 50;
/** Lists have a thousand items at most. Each value is made one of its class and checked, and each mistake described, before a list is too long. */
const MAX_VALUES = 2_000;
/** What may be a field's name; anything else could be a value in the wrong place. */
const FIELD = /^[A-Za-z][A-Za-z_]{0,40}$/;
// eslint-disable-next-line no-control-regex
const ONE_LINE = /^[^\u0000-\u001f\u007f\p{Surrogate}]*$/u;

// eslint-disable-next-line no-control-regex
const SEVERAL_LINES = /^[^\u0000-\u0008\u000b-\u001f\u007f\p{Surrogate}]*$/u;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

const pathOf = (parent: string, key: string): string =>
  FIELD.test(key) || /^\d+$/.test(key) ? `${parent}/${key}` : parent;

/** What is said of a rule that was broken; class-validator's own words may quote the value. */
const SAYS: Readonly<Record<string, string>> = {
  whitelistValidation: 'This field is not known here.',
  isString: 'Must be a string.',
  isInt: 'Must be a whole number.',
  isArray: 'Must be a list.',
  isObject: 'Must be an object.',
  isIn: 'Is not one of the allowed values.',
  minLength: 'Is too short.',
  maxLength: 'Is too long.',
  min: 'Is too small.',
  max: 'Is too large.',
  arrayMinSize: 'Has too few items.',
  arrayMaxSize: 'Has too many items.',
  isIso8601: 'Must be a time, with its zone.',
  matches: 'Does not have the required form.',
};

function inputErrors(errors: readonly ValidationError[], parent = ''): InputError[] {
  return errors.flatMap((error) => {
    const path = pathOf(parent, error.property ?? '');
    const own = Object.keys(error.constraints ?? {}).map((rule) => ({ path, detail: SAYS[rule] ?? 'Is not valid.' }));
    return [...own, ...inputErrors(error.children ?? [], path)];
  });
}

/** Deep input would overflow whoever walks it; this walk does not recurse. */
export function isDeeperThan(value: unknown, most: number): boolean {
  let level = [value];
  for (let depth = 0; depth <= most; depth += 1) {
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? (Object.values(one) as unknown[]) : []));
    if (level.length === 0) return false;
  }
  return true;
}

function hasMoreThan(most: number, value: object): boolean {
  const values: unknown[] = [value];
  for (const one of values) {
    if (values.length > most) return true;
    if (typeof one === 'object' && one !== null) for (const member of Object.values(one)) values.push(member);
  }
  return false;
}

export class InputPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      exceptionFactory: (errors) =>
        new Problem('invalid-input', undefined, { errors: inputErrors(errors).slice(0, MAX_ERRORS) }),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'custom' || metadata.metatype === undefined || metadata.metatype === Object) return value;
    if (metadata.type === 'body') {
      if (Buffer.isBuffer(value)) throw new Problem('unsupported-media-type', 'Send application/json.');
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw new Problem('invalid-input', 'The body must be a JSON object.');
      if (hasMoreThan(MAX_VALUES, value)) throw new Problem('invalid-input', 'The body has too many values.');
      if (isDeeperThan(value, MAX_DEPTH)) throw new Problem('invalid-input', 'The body is nested too deeply.');
    }
    return super.transform(value, metadata) as Promise<unknown>;
  }
}

/** A path parameter that names a row: what is not a uuid names none. */
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isUuid(value)) throw new Problem('not-found');
    return value;
  }
}

/** A line of text for people: no control characters. */
export const IsLine = (max: number, min = 1): PropertyDecorator =>
  applyDecorators(MinLength(min), MaxLength(max), Matches(ONE_LINE));

/** Text for people, of several lines if need be. */
export const IsText = (max: number): PropertyDecorator =>
  applyDecorators(MinLength(1), MaxLength(max), Matches(SEVERAL_LINES));

/** A time of the calendar with its zone. `Date` cannot read other forms of ISO 8601, such as weeks, or reads them as it likes. */
export const IsInstant = (): PropertyDecorator =>
  applyDecorators(IsISO8601({ strict: true, strictSeparator: true }), Matches(INSTANT));
