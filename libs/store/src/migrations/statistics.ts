// Statistics: one row per hour or day that is over, counted once, of groups only. No row leads to a person.

export const STATISTICS_TABLES = `
CREATE TABLE parley.statistic_bin (
  tenant_id uuid NOT NULL,
  starts timestamptz NOT NULL,
  ends timestamptz NOT NULL,
  instruction_version int NOT NULL,
  minimum_group int NOT NULL CHECK (minimum_group >= 10),
  dimensions text[] NOT NULL,
  -- NULL: fewer persons than the group, or nobody. Which of the two is not told.
  persons int CHECK (persons >= minimum_group),
  messages bigint,
  cells jsonb NOT NULL,
  PRIMARY KEY (tenant_id, starts),
  CHECK (ends > starts),
  CHECK ((persons IS NULL) = (messages IS NULL) AND (persons IS NOT NULL OR cells = '[]'))
);
`;

/** After the roles. A figure that is out is never counted again: two counts of the same time would tell who went in between. */
export const STATISTICS_SECURITY = `
REVOKE UPDATE ON parley.statistic_bin FROM parley_app;
`;
