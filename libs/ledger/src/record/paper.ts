// A paper: headings, terms and tables. What it says is decided once, for the page and for the spreadsheet.

export type Cell = string | null;
export type Term = readonly [term: string, value: Cell | undefined];

export interface Table {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface Part {
  readonly heading: string;
  readonly terms?: readonly Term[];
  readonly tables?: readonly Table[];
  readonly list?: readonly string[];
}

export interface Paper {
  readonly title: string;
  readonly law: string;
  readonly at: string;
  readonly parts: readonly Part[];
}

export const listed = (values: readonly string[] | null | undefined): Cell =>
  values?.length ? values.join(', ') : null;

interface Contact {
  readonly name?: string | null;
  readonly contact?: string | null;
  readonly address?: string | null;
  readonly country?: string | null;
}
export const contactOf = (party: Contact | null): Cell =>
  party && ([party.name, party.address, party.country, party.contact].filter(Boolean).join(', ') || null);

/** A row of each item: heads and what stands below them, side by side. */
export const tableOf = <T>(
  name: string,
  items: readonly T[],
  columns: Readonly<Record<string, (item: T) => Cell>>,
): Table => ({
  name,
  head: Object.keys(columns),
  rows: items.map((item) => Object.values(columns).map((cell) => cell(item))),
});

interface Head {
  readonly tenant: { readonly slug: string; readonly name: string };
  readonly instructions: {
    readonly version: number;
    readonly hash: string;
    readonly inForceSince: string | null;
  } | null;
  readonly processor: { readonly name: string | null; readonly gateway: string };
}

/** What each paper says of its source. */
export const sourceTerms = ({ instructions, processor }: Head): readonly Term[] => [
  ['Processor', processor.name ?? 'Not stated: the operator of this gateway sets PARLEY_PROCESSOR.'],
  ['Gateway', processor.gateway],
  ['Instructions', instructions ? `version ${instructions.version}, in force since ${instructions.inForceSince ?? '–'}` : 'None in force: nothing is processed.'],
  ['Hash of the instructions (SHA-256)', instructions?.hash],
]; // prettier-ignore
