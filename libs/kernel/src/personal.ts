// Personal data has a type of its own: it cannot be printed, serialised or compared by accident.
import { inspect } from 'node:util';

const REFUSED = '[personal data]';

/** Thrown when code tries to serialise personal data: into a log line, a job, an error body or a metric. */
export class PersonalDataLeak extends Error {
  constructor() {
    super('personal data must not be serialised; only reveal() in a place that holds a mandate may read it');
    this.name = 'PersonalDataLeak';
  }
}

/**
 * A value about a person, held so that loggers, errors and jobs refuse it: JSON.stringify throws,
 * template strings and console show a fixed text. Only {@link reveal} reads it, and a test lists
 * the files that may call that.
 */
export class Personal<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  static read<V>(personal: Personal<V>): V {
    return personal.#value;
  }

  toString(): string {
    return REFUSED;
  }

  toJSON(): never {
    throw new PersonalDataLeak();
  }

  [inspect.custom](): string {
    return REFUSED;
  }
}

/** Marks a value as personal data. */
export const personal = <T>(value: T): Personal<T> => new Personal(value);

/** Reads personal data. Callers: apply (instructions), vault, render (channels, recipients) and their tests. */
export const reveal = <T>(value: Personal<T>): T => Personal.read(value);
