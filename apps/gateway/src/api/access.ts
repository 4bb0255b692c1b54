// Who calls: the operator, a tenant by its API key, or a recipient by its own. Another tenant looks like none.
import {
  createParamDecorator,
  Inject,
  Injectable,
  NotFoundException,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { Problem } from '#libs/kernel';
import type { TenantRow } from '#libs/store';
import { API, type ApiDeps } from './deps.js';

export type Caller =
  | { readonly kind: 'operator' }
  | { readonly kind: 'tenant'; readonly tenantId: string; readonly keyId: string }
  | { readonly kind: 'recipient'; readonly tenantId: string; readonly keyId: string; readonly recipient: string };

/** `operator`: the operator only. `tenant`: the operator or the tenant in the path. `conversation`: whoever may write into one. */
type AccessKind = 'operator' | 'tenant' | 'conversation';

export const SLUG = /^[a-z0-9][a-z0-9-]{0,62}$/;
const LONGEST_TOKEN = 512;
const RECIPIENT_SCOPE = 'recipient:';
const ACCESS = 'parley:access';
const API_PATH = '/v1/';
const BODYLESS = new Set(['GET', 'HEAD']);

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A route beneath the API's whose address is the credential. */
    needsNoToken?: true;
  }
}

export const Access = (kind: AccessKind): ReturnType<typeof SetMetadata> => SetMetadata(ACCESS, kind);

const callers = new WeakMap<FastifyRequest, Caller>();
const tenants = new WeakMap<FastifyRequest, TenantRow>();
const requestOf = (context: ExecutionContext): FastifyRequest => context.switchToHttp().getRequest<FastifyRequest>();

function granted<T>(from: WeakMap<FastifyRequest, T>, context: ExecutionContext): T {
  const value = from.get(requestOf(context));
  if (!value) throw new Error('read before access was granted');
  return value;
}

/** The caller, as the guard knows it. */
export const By = createParamDecorator((_: unknown, context: ExecutionContext) => granted(callers, context));
/** The tenant in the path; the caller may act for it. */
export const Of = createParamDecorator((_: unknown, context: ExecutionContext) => granted(tenants, context));

@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(API) private readonly deps: ApiDeps,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = requestOf(context);
    const caller = await this.recognise(request);
    const kind = this.reflector.getAllAndOverride<AccessKind | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    switch (kind) {
      case 'conversation':
        return true;
      case 'tenant':
        tenants.set(request, await this.tenantFor(caller, (request.params as { slug?: string }).slug ?? ''));
        return true;
      case 'operator':
      case undefined: // A route that does not say is the operator's.
        if (caller.kind === 'operator') return true;
        throw new Problem('forbidden', 'This call takes the token of the operator.');
    }
  }

  /** Who it is; asked once of each request. */
  async recognise(request: FastifyRequest): Promise<Caller> {
    const caller = callers.get(request) ?? (await this.callerOf(request.headers.authorization));
    callers.set(request, caller);
    return caller;
  }

  private async callerOf(authorization: string | undefined): Promise<Caller> {
    const token = /^Bearer ([\x21-\x7e]+)$/i.exec(authorization ?? '')?.[1];
    if (!token || token.length > LONGEST_TOKEN) throw new Problem('unauthorised');
    if (this.deps.isOperator(token)) return { kind: 'operator' };
    const owner = await this.deps.store.ownerOfApiKey(token);
    if (!owner) throw new Problem('unauthorised');
    const { tenantId, keyId, scope } = owner;
    if (scope === 'tenant') return { kind: 'tenant', tenantId, keyId };
    // One for OpenDSR is for nothing else.
    if (!scope.startsWith(RECIPIENT_SCOPE)) throw new Problem('unauthorised');
    return { kind: 'recipient', tenantId, keyId, recipient: scope.slice(RECIPIENT_SCOPE.length) };
  }

  private async tenantFor(caller: Caller, slug: string): Promise<TenantRow> {
    const tenant = SLUG.test(slug) ? await this.deps.store.tenantBySlug(slug) : null;
    if (!tenant || (caller.kind !== 'operator' && caller.tenantId !== tenant.id)) throw new Problem('not-found');
    if (caller.kind === 'recipient') throw new Problem('forbidden', "A recipient's key may only post messages.");
    return tenant;
  }
}

/** Nothing is read of a body whose sender may not call, or that leads nowhere. The guard is asked anyway: this is only earlier. */
export function recogniseEarly(app: NestFastifyApplication): void {
  const guard = app.get(AccessGuard);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request) => {
      if (BODYLESS.has(request.method)) return;
      if (request.is404) throw new NotFoundException();
      const { url, config } = request.routeOptions;
      if (url?.startsWith(API_PATH) && !config.needsNoToken) await guard.recognise(request);
    });
}
