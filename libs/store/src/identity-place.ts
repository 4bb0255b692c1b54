// What an identifier's value is sealed in: its row's place, which a value that is moved must be sealed in anew.
export const identityPlace = (tenantId: string, subjectId: string, kind: string) =>
  ({ tenantId, subjectId, table: 'identity', row: kind, field: 'value' }) as const;
