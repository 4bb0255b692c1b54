// The section `minors` as compiled: who is asked for an age, and for which one (Art. 8).
import type { InstructionsDocument } from '../document.js';
import { consentAge } from '../law/ages.js';
import { pointer } from '../pointer.js';

export interface CompiledMinors {
  /** `not-directed`: nobody is asked. `refuse`: minors are not asked for consent. `guardian`: nor before a guardian is confirmed. */
  readonly mode: 'not-directed' | 'refuse' | 'guardian';
  /** Years, by country, where the document says more than the law that comes with the release. */
  readonly ages: Readonly<Record<string, number>>;
  readonly clause: string;
}

export const minorsOf = ({ minors, law }: InstructionsDocument): CompiledMinors => ({
  mode: (minors?.mode as CompiledMinors['mode'] | undefined) ?? 'not-directed',
  ages: { ...law?.minorAges, ...minors?.ages },
  clause: minors ? pointer('minors') : 'default:minors',
});

/** The highest of the countries that may have a say: where the person's number is from, and where the controller is. */
export const ageFor = ({ ages }: CompiledMinors, countries: readonly string[]): number =>
  Math.max(
    ...(countries.length === 0 ? ['??'] : countries).map((one) =>
      Math.max(consentAge(one), Object.hasOwn(ages, one) ? ages[one]! : 0),
    ),
  );
