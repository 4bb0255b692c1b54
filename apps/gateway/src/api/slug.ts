// The tenant's slug in the path, as the API description sees it: the guard reads it, so no handler names it.
import { ApiParam } from '@nestjs/swagger';

export const SlugParam = (): MethodDecorator & ClassDecorator =>
  ApiParam({ name: 'slug', description: "The tenant's slug.", example: 'acme' });
