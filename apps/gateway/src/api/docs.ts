// The description of the API: `/openapi.json`, browsable at `/docs`.
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

const INTRODUCTION = `Errors are \`application/problem+json\` (RFC 9457). Lists answer \`{items, next}\`; pass \`next\` as \`?after\`.
The bearer token is the operator's, or an API key of the tenant, which sees its own tenant only.`;

/** The bar above has nothing of ours in it; and some of what is written in the page is too pale to be read. */
const LOOK = `
.swagger-ui .topbar{display:none}
.swagger-ui .info{margin:1.5rem 0}
.swagger-ui .opblock .opblock-summary-method{color:#111;text-shadow:none}
html:not(.dark-mode) .swagger-ui .info .title small{background:#525b6c}
html:not(.dark-mode) .swagger-ui .info .title small.version-stamp{background:#40680a}
html:not(.dark-mode) .swagger-ui .btn.authorize{color:#1b6b46;border-color:#1b6b46}
html:not(.dark-mode) .swagger-ui .btn.authorize svg{fill:#1b6b46}
`;

export function describeApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Parley')
    .setDescription(INTRODUCTION)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .build();
  return SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
  });
}

export function mountDocs(app: INestApplication): void {
  SwaggerModule.setup('docs', app, describeApi(app), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Parley – management API',
    customCss: LOOK,
  });
}
