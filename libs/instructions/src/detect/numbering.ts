// Numbering plans as the library's own data state them: compiled once, because its parser reads them anew for each number.
import { getCountries, getCountryCallingCode, Metadata, type CountryCode } from 'libphonenumber-js/max';

/** What the library knows of a plan and declares only in part; with another version `plan.test.ts` says whether it still holds. */
interface Plan {
  possibleLengths(): number[];
  IDDPrefix(): string | undefined;
  nationalNumberPattern(): string;
  nationalPrefixForParsing(): string | undefined;
  nationalPrefixTransformRule(): string | undefined;
  type(name: string): { pattern(): string; possibleLengths(): number[] | undefined } | undefined;
}

const TYPES = 'FIXED_LINE MOBILE PREMIUM_RATE TOLL_FREE SHARED_COST VOIP PERSONAL_NUMBER PAGER UAN VOICEMAIL'.split(
  ' ',
);

/** The numbers of one country. */
export interface Numbering {
  readonly lengths: ReadonlySet<number>;
  readonly shortest: number;
  readonly longest: number;
  readonly all: RegExp;
  readonly types: readonly { readonly pattern: RegExp; readonly lengths: readonly number[] | undefined }[];
  /** What is dialled before a number at home: cut off, or replaced by the rule. */
  readonly prefix: { readonly pattern: RegExp; readonly rule: string | undefined; readonly cut: boolean } | null;
  /** What is dialled at home before a country. */
  readonly abroad: RegExp;
}

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
const groupsOf = (pattern: string): number => new RegExp(`${pattern}|`).exec('')!.length - 1;

function numberingOf(country: CountryCode): Numbering {
  const plans = new Metadata();
  plans.selectNumberingPlan(country);
  const plan = plans.numberingPlan as unknown as Plan;
  const lengths = plan.possibleLengths();
  const prefix = plan.nationalPrefixForParsing();
  const rule = plan.nationalPrefixTransformRule() || undefined;
  return {
    lengths: new Set(lengths),
    shortest: Math.min(...lengths),
    longest: Math.max(...lengths),
    all: whole(plan.nationalNumberPattern()),
    types: TYPES.flatMap((name) => {
      const type = plan.type(name);
      return type?.pattern() ? [{ pattern: whole(type.pattern()), lengths: type.possibleLengths() }] : [];
    }),
    prefix: prefix
      ? { pattern: new RegExp(`^(?:${prefix})`), rule, cut: rule === undefined && groupsOf(prefix) === 0 }
      : null,
    abroad: new RegExp(`^(?:${plan.IDDPrefix() || '00'})`),
  };
}

const NUMBERINGS = new Map<CountryCode, Numbering>();

export function numbering(country: CountryCode): Numbering {
  const known = NUMBERINGS.get(country) ?? numberingOf(country);
  NUMBERINGS.set(country, known);
  return known;
}

const BY_CODE = new Map<string, readonly CountryCode[]>();
for (const country of getCountries()) {
  const code = getCountryCallingCode(country);
  BY_CODE.set(code, [...(BY_CODE.get(code) ?? []), country]);
}

/** The calling code that a number begins with, and who shares it; undefined: none, or no country's. */
export function countriesOf(
  number: string,
): { readonly callingCode: string; readonly countries: readonly CountryCode[] } | undefined {
  for (const length of [1, 2, 3]) {
    const callingCode = number.slice(0, length);
    const countries = BY_CODE.get(callingCode);
    if (countries) return { callingCode, countries };
  }
  return undefined;
}

/** Whether it is a valid number of the country, without anything before it. */
export const isValidIn = ({ all, types }: Numbering, digits: string): boolean =>
  all.test(digits) &&
  types.some(({ pattern, lengths }) => (lengths?.includes(digits.length) ?? true) && pattern.test(digits));

/** A number as dialled at home, without what is dialled before it; undefined where only the library knows. */
export function significant(numbers: Numbering, digits: string): string | undefined {
  const { prefix, all, lengths, shortest, longest } = numbers;
  const dialled = prefix?.pattern.exec(digits)?.[0];
  if (!prefix || dialled === undefined) return digits;
  if (!prefix.cut) return undefined;
  const left = digits.slice(dialled.length);
  if (all.test(digits) && !all.test(left)) return digits;
  const isPossible = left.length >= shortest && (left.length > longest || lengths.has(left.length));
  return isPossible ? left : digits;
}

/** A number with and without what is dialled before it in this country. */
const waysIn = ({ prefix }: Numbering, digits: string): readonly string[] =>
  prefix?.pattern.test(digits)
    ? [digits, digits.replace(prefix.pattern, ''), digits.replace(prefix.pattern, prefix.rule ?? '')]
    : [digits];

const fits = ({ types }: Numbering, digits: string): boolean =>
  types.length === 0 || types.some(({ pattern }) => pattern.test(digits));

/** Whether it may be a valid number of one of these, which share a calling code, as dialled in any of them; what may be still need not. */
export function mayBeAmong(countries: readonly CountryCode[], digits: string): boolean {
  const sharing = countries.map(numbering);
  const ways = new Set(sharing.flatMap((one) => waysIn(one, digits)));
  return [...ways].some((way) => sharing.some((one) => fits(one, way)));
}
