// An incident's rows as the API answers them.
import type { IncidentRow } from '#libs/store';
import type { IncidentDto } from './incidents.dto.js';

export const incidentDto = (row: Omit<IncidentRow, 'tenant_id' | 'categories' | 'keys'>): IncidentDto => ({
  id: row.id,
  from: row.from_at.toISOString(),
  to: row.to_at.toISOString(),
  components: row.components,
  suspicion: row.suspicion,
  openedAt: row.opened_at.toISOString(),
  countedAt: row.counted_at?.toISOString() ?? null,
  closedAt: row.closed_at?.toISOString() ?? null,
  persons: row.persons,
  events: row.events,
});
