// The states of a rights request and what may follow what. A decision is made once; making it again changes nothing.

export const REQUEST_STATES = [
  'received',
  'verifying',
  'awaiting-approval',
  'in-progress',
  'completed',
  'refused',
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export type RequestSource = 'api' | 'chat' | 'platform' | 'opendsr';

export type RequestAction = 'verify' | 'approve' | 'refuse' | 'complete';

interface Transition {
  readonly from: readonly RequestState[];
  readonly to: RequestState;
  /** States in which the action was done already: repeating it is harmless. */
  readonly done: readonly RequestState[];
}

export const TRANSITIONS: Readonly<Record<RequestAction, Transition>> = {
  verify: {
    from: ['verifying'],
    to: 'in-progress',
    done: ['received', 'awaiting-approval', 'in-progress', 'completed'],
  },
  approve: {
    from: ['received', 'verifying', 'awaiting-approval'],
    to: 'in-progress',
    done: ['in-progress', 'completed'],
  },
  refuse: { from: ['received', 'verifying', 'awaiting-approval'], to: 'refused', done: ['refused'] },
  complete: { from: ['in-progress'], to: 'completed', done: ['completed'] },
};

/** Where a request begins: whoever is not identified yet is verified, whatever the controller wants to see is shown first; what waits for nobody is begun by whichever process comes next. */
export function firstState(
  mode: 'automatic' | 'after-verification' | 'controller-approves',
  identified: boolean,
): RequestState {
  if (mode === 'controller-approves') return 'awaiting-approval';
  return identified || mode === 'automatic' ? 'received' : 'verifying';
}
