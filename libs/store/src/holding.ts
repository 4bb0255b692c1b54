// What retention passes over: messages that legal holds keep, asked row by row inside of its statements, and everything of restricted persons.

/** What one hold keeps, as far as retention may still take the rest: messages of these connections and times. */
export interface Keeping {
  /** By name; null: of all. */
  readonly connections: readonly string[] | null;
  readonly from: string | null;
  readonly until: string | null;
}

/** What one hold keeps of a person: of such messages these categories. */
export interface Kept extends Keeping {
  readonly categories: readonly string[];
}

/** SQL that is true of what is kept. */
export interface Holding {
  /** @param id an expression for the id of a message */
  message(id: string): string;
  /** Of a conversation: any of its messages. */
  conversation(id: string): string;
  /** Of a person: any of their messages. */
  subject(id: string): string;
  /** The same of all subjects that are one person: what somebody agreed to is the record of one of them. */
  person(id: string): string;
}

export const NOTHING: Holding = {
  message: () => 'false',
  conversation: () => 'false',
  subject: () => 'false',
  person: () => 'false',
};

const RESTRICTED = 'parley.subject rs WHERE rs.tenant_id = $1 AND rs.restricted';

/**
 * What is restricted is only kept (Art. 18(2)), also beyond its time: the person may need it (Art. 18(1)(b), (c)). Few are, so they are
 * looked up once per statement. $1 is the tenant.
 */
export const restricted = {
  subject: (id: string): string => `${id} IN (SELECT rs.id FROM ${RESTRICTED})`,
  conversation: (id: string): string =>
    `${id} IN (SELECT rc.id FROM parley.conversation rc WHERE rc.tenant_id = $1 AND rc.subject_id = ANY (ARRAY(SELECT rs.id FROM ${RESTRICTED})))`,
} as const;

/** @param parameter where the holds are given, as JSON; $1 is the tenant */
export function holding(parameter: number): Holding {
  const some = (where: string): string => `EXISTS (
    SELECT FROM parley.message hm
    JOIN parley.conversation hc ON hc.tenant_id = $1 AND hc.id = hm.conversation_id
    JOIN parley.connection_term hk ON hk.tenant_id = $1 AND hk.connection_id = hc.connection_id
    JOIN jsonb_to_recordset($${parameter}::jsonb) AS h(connections text[], "from" timestamptz, until timestamptz)
      ON (h.connections IS NULL OR hk.name = ANY (h.connections)) AND (h."from" IS NULL OR hm.at >= h."from") AND (h.until IS NULL OR hm.at < h.until)
    WHERE hm.tenant_id = $1 AND ${where})`;
  return {
    message: (id) => some(`hm.id = ${id}`),
    conversation: (id) => some(`hm.conversation_id = ${id}`),
    subject: (id) => some(`hc.subject_id = ${id}`),
    person: (id) =>
      some(`hc.subject_id IN (SELECT o.id FROM parley.subject p
        JOIN parley.subject o ON o.tenant_id = $1 AND (o.id = p.id OR o.person = p.person) WHERE p.tenant_id = $1 AND p.id = ${id})`),
  };
}
