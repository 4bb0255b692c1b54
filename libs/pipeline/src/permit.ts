// Whom a call to a recipient may reach: the register says so, not the request; and whether anything left.
import type { HttpResponse } from '#libs/kernel';

export interface CallPermit {
  readonly hosts: readonly string[];
  readonly secrets: Readonly<Record<string, string>>;
}

/** From the register, not from the request: what a kind makes of the address may not lead elsewhere. */
export const permitOf = (registered: string | null, secrets: CallPermit['secrets']): CallPermit => {
  const url = registered === null ? null : URL.parse(registered);
  return { hosts: url ? [url.hostname] : [], secrets };
};

/** Whatever was answered, or was not: who may have got it is a recipient. Only what never left reached nobody. */
export const wentOut = (response: HttpResponse): boolean =>
  response.kind === 'answered' || (response.reason !== 'forbidden-host' && response.reason !== 'unreachable');
