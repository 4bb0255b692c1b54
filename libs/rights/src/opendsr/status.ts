// The states of a request as OpenDSR has them, and what a status and a callback say. Nothing in it is about a person.

/** OpenDSR has no word for a refusal; the controller, who refused, knows the ground. */
const STATUS: Readonly<Record<string, OpenDsrStatus>> = {
  received: 'pending',
  verifying: 'pending',
  'awaiting-approval': 'pending',
  'in-progress': 'in_progress',
  completed: 'completed',
  refused: 'cancelled',
  cancelled: 'cancelled',
};

export type OpenDsrStatus = 'pending' | 'in_progress' | 'completed' | 'cancelled';

export const API_VERSION = '2.0';

/** `state`: of the request, or `cancelled` when the controller took it back. */
export const statusOf = (state: string): OpenDsrStatus => STATUS[state] ?? 'pending';

export const isLast = (state: string): boolean => ['completed', 'cancelled'].includes(statusOf(state));

export interface Told {
  readonly id: string;
  readonly slug: string;
  readonly state: string;
  readonly exercised: string;
  readonly due: Date;
  readonly resultUrl: string;
}

/** The members that status and callback have in common. */
export const statusBody = (told: Told) => ({
  controller_id: told.slug,
  expected_completion_time: told.due.toISOString(),
  subject_request_id: told.id,
  request_status: statusOf(told.state),
  api_version: API_VERSION,
  ...(told.exercised !== 'erasure' && told.state === 'completed' ? { results_url: told.resultUrl } : {}),
});

export const resultUrl = (publicUrl: string, at: { readonly slug: string; readonly requestId: string }): string =>
  `${publicUrl}/v1/tenants/${at.slug}/requests/${at.requestId}/result`;
