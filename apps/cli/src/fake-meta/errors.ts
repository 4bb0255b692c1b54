// What the Graph API answers when it refuses: code, HTTP status, wording.
// Source: WhatsApp error codes page (12 December 2025), Messenger error codes page (18 March 2026).
import { randomBytes } from 'node:crypto';

interface Entry {
  readonly status: number;
  readonly title: string;
  readonly details?: string;
}

const CATALOGUE: Readonly<Record<number, Entry>> = {
  1: { status: 400, title: 'API Unknown' },
  2: { status: 503, title: 'API Service', details: 'Service temporarily unavailable.' },
  3: { status: 500, title: 'API Method' },
  4: { status: 400, title: 'Application request limit reached' },
  10: { status: 403, title: 'Permission Denied' },
  33: { status: 400, title: 'Parameter value is not valid', details: 'The business phone number has been deleted.' },
  100: { status: 400, title: 'Invalid parameter' },
  190: { status: 401, title: 'Invalid OAuth access token - Cannot parse access token' },
  200: { status: 403, title: 'API Permission' },
  368: { status: 403, title: 'Temporarily blocked for policies violations' },
  613: { status: 400, title: 'Calls to this api have exceeded the rate limit.' },
  80007: { status: 400, title: 'Rate limit issues' },
  130429: { status: 400, title: 'Rate limit hit', details: 'Cloud API message throughput has been reached.' },
  130472: { status: 400, title: "User's number is part of an experiment" },
  131000: { status: 500, title: 'Something went wrong' },
  131005: { status: 403, title: 'Access denied' },
  131008: { status: 400, title: 'Required parameter is missing' },
  131009: { status: 400, title: 'Parameter value is not valid' },
  131016: { status: 500, title: 'Service unavailable' },
  131021: { status: 400, title: 'Recipient cannot be sender' },
  131026: { status: 400, title: 'Message undeliverable', details: 'Message Undeliverable.' },
  131030: { status: 400, title: 'Recipient phone number not in allowed list' },
  131031: { status: 403, title: 'Account has been locked' },
  131047: {
    status: 400,
    title: 'Re-engagement message',
    details:
      'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
  },
  131048: { status: 400, title: 'Spam rate limit hit' },
  131049: { status: 400, title: 'Meta chose not to deliver' },
  131050: { status: 400, title: 'User has stopped marketing messages' },
  131051: { status: 400, title: 'Unsupported message type' },
  131052: { status: 400, title: 'Media download error' },
  131053: { status: 400, title: 'Media upload error' },
  131056: { status: 400, title: '(Business Account, Consumer Account) pair rate limit hit' },
  131057: { status: 500, title: 'Account in maintenance mode' },
  131062: { status: 400, title: 'Business-scoped User ID (BSUID) recipients are not supported for this message' },
  132000: { status: 400, title: 'Template Param Count Mismatch' },
  132001: {
    status: 404,
    title: 'Template does not exist',
    details: 'Template name does not exist in the translation.',
  },
};

/** A refusal as data. `details` never quotes what was sent. */
export interface GraphError {
  readonly code: number;
  readonly subcode?: number;
  readonly details?: string;
}

export const titleOf = (code: number): string => CATALOGUE[code]?.title ?? 'Unknown error';
export const detailsOf = (error: GraphError): string =>
  error.details ?? CATALOGUE[error.code]?.details ?? titleOf(error.code);
export const statusOf = (error: GraphError): number => CATALOGUE[error.code]?.status ?? 400;

/** The body of a refusal. Only WhatsApp has `error_data`. */
export function errorBody(error: GraphError, product: 'whatsapp' | 'graph'): unknown {
  return {
    error: {
      message: `(#${error.code}) ${product === 'whatsapp' ? titleOf(error.code) : detailsOf(error)}`,
      type: 'OAuthException',
      code: error.code,
      ...(error.subcode === undefined ? {} : { error_subcode: error.subcode }),
      ...(product === 'whatsapp' ? { error_data: { messaging_product: 'whatsapp', details: detailsOf(error) } } : {}),
      fbtrace_id: `A${randomBytes(11).toString('base64url')}`,
    },
  };
}
