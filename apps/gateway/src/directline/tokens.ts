// Session tokens (30 minutes, signed) and stream tickets (one minute, once, sealed). Nothing is stored to make one.
import { hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { EncryptJWT, errors, jwtDecrypt, jwtVerify, SignJWT } from 'jose';

export const TOKEN_SECONDS = 30 * 60;
const TICKET_SECONDS = 60;
/** How long after its end a token still proves whose conversation it was, to somebody who also has the site key. */
const RENEWAL_SECONDS = 24 * 60 * 60;

/** One visitor in one conversation with one site. */
export interface Session {
  readonly connectionId: string;
  readonly conversationId: string;
  readonly visitorId: string;
}

export interface Ticket extends Session {
  readonly ticketId: string;
  readonly until: Date;
}

const VISITOR = /^dl_[A-Za-z0-9_-]{20,64}$/;

/**
 * The client's own name for the visitor where it is a random one, as ours are; anything else could be a real name. Whoever knows it is that
 * visitor, and may ask for a copy of what they wrote: a short one could be guessed.
 */
export const visitorIdFrom = (given: unknown): string =>
  typeof given === 'string' && VISITOR.test(given) ? given : `dl_${randomBytes(16).toString('base64url')}`;

export const newConversation = (connectionId: string, givenVisitor: unknown): Session => ({
  connectionId,
  conversationId: randomUUID(),
  visitorId: visitorIdFrom(givenVisitor),
});

const claimsOf = ({ connectionId, conversationId, visitorId }: Session) => ({
  site: connectionId,
  conv: conversationId,
  // The npm client looks for `user`: with it, it never tries to name the visitor itself.
  user: visitorId,
});

function sessionOf(claims: Readonly<Record<string, unknown>>): Session | null {
  const { site, conv, user } = claims;
  if (typeof site !== 'string' || typeof conv !== 'string' || typeof user !== 'string') return null;
  return { connectionId: site, conversationId: conv, visitorId: user };
}

export type ReadToken =
  { readonly kind: 'valid' | 'expired'; readonly session: Session } | { readonly kind: 'invalid' };

const derive = (key: Uint8Array, use: string): Uint8Array => new Uint8Array(hkdfSync('sha256', key, '', use, 32));

export type Tokens = ReturnType<typeof createTokens>;

/** `now` in ms. The key needs at least 32 bytes. */
export function createTokens(tokenKey: Uint8Array, now: () => number = Date.now) {
  if (tokenKey.length < 32) throw new RangeError('the token key needs at least 32 bytes');
  const signing = derive(tokenKey, 'parley direct line session');
  const sealing = derive(tokenKey, 'parley direct line ticket');
  const inSeconds = (seconds: number): number => Math.floor(now() / 1000) + seconds;

  const check = (token: string, toleranceSeconds: number) =>
    jwtVerify(token, signing, {
      algorithms: ['HS256'],
      typ: 'dl-session',
      requiredClaims: ['exp'],
      clockTolerance: toleranceSeconds,
      currentDate: new Date(now()),
    });

  return {
    issue: (session: Session): Promise<string> =>
      new SignJWT(claimsOf(session))
        .setProtectedHeader({ alg: 'HS256', typ: 'dl-session' })
        .setExpirationTime(inSeconds(TOKEN_SECONDS))
        .sign(signing),

    async read(token: string): Promise<ReadToken> {
      try {
        const session = sessionOf((await check(token, 0)).payload);
        return session ? { kind: 'valid', session } : { kind: 'invalid' };
      } catch (error) {
        // Expiry is looked at last: the signature fitted.
        const session = error instanceof errors.JWTExpired ? sessionOf(error.payload) : null;
        return session ? { kind: 'expired', session } : { kind: 'invalid' };
      }
    },

    /** Whose conversation a token was, up to a day after its end; null: it proves nothing. */
    async renewable(token: string): Promise<Session | null> {
      try {
        return sessionOf((await check(token, RENEWAL_SECONDS)).payload);
      } catch {
        return null;
      }
    },

    /** What stands in a stream's address: unreadable, good for one minute and for one stream. */
    ticket: (session: Session): Promise<string> =>
      new EncryptJWT(claimsOf(session))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: 'dl-ticket' })
        .setJti(randomUUID())
        .setExpirationTime(inSeconds(TICKET_SECONDS))
        .encrypt(sealing),

    async readTicket(ticket: string): Promise<Ticket | null> {
      try {
        const { payload } = await jwtDecrypt(ticket, sealing, {
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
          typ: 'dl-ticket',
          requiredClaims: ['exp', 'jti'],
          currentDate: new Date(now()),
        });
        const session = sessionOf(payload);
        if (!session || !payload.jti || !payload.exp) return null;
        return { ...session, ticketId: payload.jti, until: new Date(payload.exp * 1000) };
      } catch {
        return null;
      }
    },
  };
}
