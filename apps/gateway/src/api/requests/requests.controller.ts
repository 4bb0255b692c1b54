// Rights of data subjects: asked for, decided, carried out, with evidence. An unknown person is answered like a known one.
import { Body, Get, Header, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NIL_UUID, personal, Problem } from '#libs/kernel';
import { correctionsUnder, lookupHashes } from '#libs/pipeline';
import { PAGE_HEADERS } from '#libs/platform';
import { certificateOf, copyPage, elapsedPercent, isToldInChat, languageOf, withAddresses } from '#libs/rights';
import type { MentionSearch, RightsRequestRow, TenantRow } from '#libs/store';
import { wantsPage } from '../../problems.js';
import { By, Of, type Caller } from '../access.js';
import { API, type ApiDeps } from '../deps.js';
import { IdPipe } from '../input.js';
import { Operation, Resource } from '../operation.js';
import { pageOf, PageQuery, uuidCursor, type Page } from '../paging.js';
import { SlugParam } from '../slug.js';
import {
  ConfirmationDto,
  ExtensionDto,
  LiftDto,
  MentionDto,
  MadeRequestDto,
  NewRequestDto,
  RectificationDto,
  RefusalDto,
  RequestDetailDto,
  RequestDto,
  type MentionsDto,
  type NamedPersonDto,
} from './requests.dto.js';

const nameOf = (caller: Caller): string => (caller.kind === 'operator' ? 'operator' : `key ${caller.keyId}`);
const mentionsDto = (search: MentionSearch): MentionsDto => ({
  mode: search.mode,
  examined: search.examined,
  found: search.found,
  finishedAt: search.finished_at?.toISOString() ?? null,
});
const isOpen = (row: RightsRequestRow): boolean => row.state !== 'completed' && row.state !== 'refused';

@Resource('v1/tenants/:slug/requests', { tag: 'Rights', access: 'tenant' })
@SlugParam()
export class RequestsController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Post()
  @Operation({
    summary: 'Exercise a right for a person',
    description: 'The open request of the same person for the same right is answered again.',
    status: 201,
    answers: MadeRequestDto,
    refuses: ['invalid-input'],
  })
  async open(@Of() tenant: TenantRow, @Body() body: NewRequestDto): Promise<MadeRequestDto> {
    const row = await this.deps.rights.open({
      tenantId: tenant.id,
      right: body.right,
      source: 'api',
      hashes: await this.hashesOf(tenant.id, body.subject),
      ...(body.identified === undefined ? {} : { identified: body.identified }),
      ...(body.purpose === undefined ? {} : { purpose: body.purpose }),
    });
    return this.made(row);
  }

  @Get()
  @Operation({ summary: 'List the requests', lists: RequestDto, refuses: ['invalid-input'] })
  async list(@Of() tenant: TenantRow, @Query() query: PageQuery): Promise<Page<RequestDto>> {
    const rows = await this.deps.rights.list(tenant.id, uuidCursor(query), query.limit);
    return pageOf(rows, query.limit, { item: (row) => this.dto(row), cursor: (row) => row.id });
  }

  @Get(':id')
  @Operation({ summary: 'One request, with its evidence', answers: RequestDetailDto })
  async one(@Of() tenant: TenantRow, @Param('id', IdPipe) id: string): Promise<RequestDetailDto> {
    const { rights } = this.deps;
    const row = await this.rowOf(tenant.id, id);
    const evidence = certificateOf(row, await rights.noticesOf(tenant.id, id));
    const reference = await rights.reference(tenant.id, row);
    const searched = await this.deps.store.mentionSearch(tenant.id, id);
    return {
      ...this.dto(row),
      history: row.history.map(({ state, at }) => ({ state, at: new Date(at).toISOString() })),
      ...(evidence === null
        ? {}
        : row.exercised === 'erasure' && row.completed_at
          ? { certificate: evidence }
          : { evidence }),
      ...(reference === null ? {} : { reference }),
      ...(searched === null ? {} : { mentions: mentionsDto(searched) }),
    };
  }

  @Get(':id/mentions')
  @Operation({
    summary: 'Messages of others in which an erased person was mentioned',
    description:
      'Where the instructions have `rights.mentions`. Ids only; reading a message is an operation of its own.',
    lists: MentionDto,
    refuses: ['invalid-input'],
  })
  async mentions(
    @Of() tenant: TenantRow,
    @Param('id', IdPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<Page<MentionDto>> {
    await this.rowOf(tenant.id, id);
    const rows = await this.deps.store.mentionsOf(tenant.id, id, {
      after: uuidCursor(query) ?? NIL_UUID,
      limit: query.limit,
    });
    const item = (row: (typeof rows)[number]): MentionDto => ({
      message: row.message_id,
      conversation: row.conversation_id,
      redacted: row.redacted,
    });
    return pageOf(rows, query.limit, { item, cursor: (row) => row.message_id });
  }

  @Get(':id/result')
  @Header('cache-control', 'no-store')
  @Operation({
    summary: 'The copy that was made for access or portability',
    description: 'JSON as in `/schemas/parley-access-1.json`, or a page for people by `Accept: text/html`.',
    sends: 'application/json',
    refuses: ['conflict', 'gone'],
  })
  async result(
    @Of() tenant: TenantRow,
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const row = await this.deps.rights.one(tenant.id, id);
    if (!row || (row.exercised !== 'access' && row.exercised !== 'portability')) throw new Problem('not-found');
    if (row.state !== 'completed') throw new Problem('conflict', `The request is ${row.state}.`);
    const { copies, available } = await this.deps.rights.result(tenant.id, row);
    if (!available) throw new Problem('gone', 'The copy was deleted after its days had passed.');
    const addressed = await Promise.all(
      copies.map((copy) => withAddresses(copy, ({ id: file }) => this.deps.attachmentUrl(tenant.id, file))),
    );
    const language = languageOf(request.headers['accept-language']);
    if (wantsPage(request)) return void reply.headers(PAGE_HEADERS).send(copyPage(addressed, language));
    return void reply.type('application/json').send(JSON.stringify({ request: id, copies: addressed }));
  }

  @Post(':id/approve')
  @Operation({ summary: 'Let it be carried out', answers: MadeRequestDto, refuses: ['conflict'] })
  async approve(
    @Of() tenant: TenantRow,
    @By() caller: Caller,
    @Param('id', IdPipe) id: string,
  ): Promise<MadeRequestDto> {
    return this.made(await this.deps.rights.approve(tenant.id, id, nameOf(caller)));
  }

  @Post(':id/corrections')
  @Operation({
    summary: 'Let a rectification be carried out, with what is right',
    description:
      'Corrected values stand instead of what is held and of what the channel says again; statements are shown beside what was written. Once: the next ones need a request of their own.',
    answers: MadeRequestDto,
    refuses: ['invalid-input', 'conflict', 'not-instructed'],
  })
  async rectify(
    @Of() tenant: TenantRow,
    @By() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: RectificationDto,
  ): Promise<MadeRequestDto> {
    const corrections = body.corrections ?? [];
    const statements = body.statements ?? [];
    if (corrections.length + statements.length === 0)
      throw new Problem('invalid-input', 'There is nothing that would be put right.');
    const owner = await this.deps.tenants.tenant(tenant.id);
    if (!owner) throw new Problem('not-found');
    const values = correctionsUnder(corrections, { ...owner, adapters: this.deps.channels });
    const supplements = statements.map(({ message, text }) => ({ messageId: message ?? null, text: personal(text) }));
    return this.made(await this.deps.rights.rectify(tenant.id, id, { by: nameOf(caller), values, supplements }));
  }

  @Post(':id/verify')
  @Operation({ summary: 'The person is who they say they are', answers: MadeRequestDto, refuses: ['conflict'] })
  async verify(
    @Of() tenant: TenantRow,
    @By() caller: Caller,
    @Param('id', IdPipe) id: string,
  ): Promise<MadeRequestDto> {
    return this.made(await this.deps.rights.verify(tenant.id, id, nameOf(caller)));
  }

  @Post(':id/code')
  @Operation({
    summary: 'Send the person a code on their channel, to be typed back',
    description:
      'Of a request with `identified: false`. Answers the same whether the person is known or not. One a minute, three at most, each good for 15 minutes.',
    status: 202,
    answers: MadeRequestDto,
    refuses: ['conflict'],
  })
  async code(@Of() tenant: TenantRow, @Param('id', IdPipe) id: string): Promise<MadeRequestDto> {
    return this.made(await this.deps.rights.sendCode(tenant.id, id));
  }

  @Post(':id/confirm')
  @Operation({
    summary: 'The code, as the person typed it',
    description: 'Five tries a code. A wrong one, one that is over, and one of somebody unknown are refused alike.',
    answers: MadeRequestDto,
    refuses: ['invalid-input', 'conflict', 'forbidden'],
  })
  async confirm(
    @Of() tenant: TenantRow,
    @Param('id', IdPipe) id: string,
    @Body() { code }: ConfirmationDto,
  ): Promise<MadeRequestDto> {
    return this.made(await this.deps.rights.confirm(tenant.id, id, code));
  }

  @Post(':id/refuse')
  @Operation({ summary: 'Refuse it, with the ground', answers: MadeRequestDto, refuses: ['invalid-input', 'conflict'] })
  async refuse(
    @Of() tenant: TenantRow,
    @By() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() { justification }: RefusalDto,
  ): Promise<MadeRequestDto> {
    return this.made(await this.deps.rights.refuse(tenant.id, id, { by: nameOf(caller), justification }));
  }

  @Post(':id/extend')
  @Operation({
    summary: 'Take two more months, with the reason',
    description: 'Once, and before the first month has ended.',
    answers: MadeRequestDto,
    refuses: ['invalid-input', 'conflict'],
  })
  async extend(
    @Of() tenant: TenantRow,
    @Param('id', IdPipe) id: string,
    @Body() { reason }: ExtensionDto,
  ): Promise<MadeRequestDto> {
    return this.made(await this.deps.rights.extend(tenant.id, id, reason));
  }

  @Post(':id/lift')
  @Operation({
    summary: 'End a restriction or an objection',
    answers: MadeRequestDto,
    refuses: ['invalid-input', 'conflict'],
  })
  async lift(
    @Of() tenant: TenantRow,
    @Param('id', IdPipe) id: string,
    @Body() { kept }: LiftDto,
  ): Promise<MadeRequestDto> {
    return this.made(await this.deps.rights.lift(tenant.id, id, { resume: kept !== 'leave' }));
  }

  private async rowOf(tenantId: string, id: string): Promise<RightsRequestRow> {
    const row = await this.deps.rights.one(tenantId, id);
    if (!row) throw new Problem('not-found');
    return row;
  }

  /** The keyed hashes under which each of the tenant's connections would know the person. */
  private async hashesOf(tenantId: string, { channel, kind, value }: NamedPersonDto): Promise<Buffer[]> {
    const owner = await this.deps.tenants.tenant(tenantId);
    if (!owner) throw new Problem('not-found');
    const adapter = this.deps.channels.find(({ manifest }) => manifest.channel === channel);
    if (!adapter?.identifiers.some(({ key }) => key === kind))
      throw new Problem('invalid-input', undefined, {
        errors: [{ path: '/subject', detail: 'There is no such kind of identifier on this channel.' }],
      });
    const connections = (await this.deps.store.accounts(tenantId)).filter((one) => one.channel === channel);
    const person = { channel, kind, value: personal(value) };
    return lookupHashes(person, connections.map((one) => ({ ...one, adapter })), owner.keys); // prettier-ignore
  }

  private made(row: RightsRequestRow): MadeRequestDto {
    return { id: row.id, state: row.state, due: row.due_at.toISOString() };
  }

  private dto(row: RightsRequestRow): RequestDto {
    const clock = { receivedAt: row.received_at, dueAt: row.due_at };
    return {
      ...this.made(row),
      right: row.exercised,
      source: row.source,
      purpose: row.purpose,
      receivedAt: row.received_at.toISOString(),
      completedAt: row.completed_at?.toISOString() ?? null,
      liftedAt: row.lifted_at?.toISOString() ?? null,
      keptUntil: row.kept_until?.toISOString() ?? null,
      elapsed: isOpen(row) ? elapsedPercent(clock, new Date()) : null,
      alerted: row.alerted,
      toldInChat: isToldInChat(row),
      extendedBecause: row.extended_because,
      instructions: { version: row.instruction_version, clause: row.clause },
      decision:
        row.decided_at && row.decided_by
          ? { by: row.decided_by, at: row.decided_at.toISOString(), justification: row.justification }
          : null,
      statusUrl: `${this.deps.publicUrl}/privacy/requests/${row.code}`,
    };
  }
}
