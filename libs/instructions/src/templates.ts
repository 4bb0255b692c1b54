// What a template is for: it goes out without anybody having written, so a wish to hear no more has to be able to stop it. Pure.
import type { CompiledInstructions } from './decision.js';
import { dependsOn, type Dependence } from './consent/gate.js';

export interface TemplateAt {
  readonly compiled: CompiledInstructions;
  /** For which whoever writes it may write; of the tenant itself, all. */
  readonly purposes: readonly string[];
  /** Those that are open for the person: consent stands where it is needed, no objection, no wish to hear no more. */
  readonly open: ReadonlySet<string>;
  /** The person wants no marketing, or objected to something. */
  readonly declined: boolean;
}

/**
 * On what it depends; null: it may not go to this person. A template that names no purpose counts as marketing wherever its writer may
 * do marketing; the tenant, whose documents need not name all that it does, always may.
 */
export function templateFor(at: TemplateAt, named: string | undefined, isTenant: boolean): Dependence | null {
  const { compiled, purposes, open } = at;
  const dependence = (of: readonly string[]): Dependence => dependsOn(compiled, of, open);
  if (named !== undefined) return purposes.includes(named) && open.has(named) ? dependence([named]) : null;
  const marketing = purposes.filter((purpose) => compiled.purposes[purpose]?.marketing);
  if (marketing.length > 0)
    return marketing.some((purpose) => open.has(purpose)) ? { ...dependence(marketing), marketing: true } : null;
  if (!isTenant) return dependence(purposes);
  return at.declined ? null : { ...dependence([]), marketing: true };
}

/** No instructions can name it: it is never open. */
const NEVER = '-';

/** Of a template that may not go to this person. */
export const UNSENDABLE: Dependence = { purposes: [NEVER], underConsent: [NEVER], marketing: true, fleeting: true };
