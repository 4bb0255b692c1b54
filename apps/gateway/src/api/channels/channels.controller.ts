// The channels of this gateway and what each exposes about people: the registries, as data. The same for every tenant.
import { Get, Inject, Query } from '@nestjs/common';
import type { ChannelAdapter } from '#libs/channels';
import type { IdentifierKind } from '#libs/kernel';
import { API, type ApiDeps } from '../deps.js';
import { Operation, Resource } from '../operation.js';
import { pageOfAll, PageQuery, type Page } from '../paging.js';
import { ChannelDto, type ExposedKindDto } from './channels.dto.js';

const kindDto = ({ key, hiddenIn = [], needs, lifetime, lookedUp, ...kind }: IdentifierKind): ExposedKindDto => ({
  kind: key,
  ...kind,
  hiddenIn,
  lookedUp: lookedUp === true,
  default: 'drop',
  needs: needs ?? null,
  lifetime: lifetime ?? null,
});

function channelDto({ manifest, identifiers }: ChannelAdapter): ChannelDto {
  const { channel, title, platformRole, platformRetention, platformCountries } = manifest;
  return {
    channel,
    title,
    platform: {
      role: platformRole.value,
      retention: platformRetention.value,
      countries: platformCountries,
      source: `${platformRetention.source}, ${platformRetention.date}`,
    },
    identifiers: identifiers.map(kindDto),
  };
}

@Resource('v1/channels', { tag: 'Identifiers', access: 'conversation' })
export class ChannelsController {
  constructor(@Inject(API) private readonly deps: ApiDeps) {}

  @Get()
  @Operation({
    summary: 'The channels, and every kind of identifier that each exposes',
    description: 'Facts about the platforms, the same for every tenant; any credential will do. No values.',
    lists: ChannelDto,
    refuses: ['invalid-input'],
  })
  list(@Query() query: PageQuery): Page<ChannelDto> {
    return pageOfAll(this.deps.channels, query, { item: channelDto, cursor: (one) => one.manifest.channel });
  }
}
