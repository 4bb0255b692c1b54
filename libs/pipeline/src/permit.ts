// Whom a call to a recipient may reach: the register says so, not the request.
export interface CallPermit {
  readonly hosts: readonly string[];
  readonly secrets: Readonly<Record<string, string>>;
}

/** From the register, not from the request: what a kind makes of the address may not lead elsewhere. */
export const permitOf = (registered: string | null, secrets: CallPermit['secrets']): CallPermit => {
  const url = registered === null ? null : URL.parse(registered);
  return { hosts: url ? [url.hostname] : [], secrets };
};
