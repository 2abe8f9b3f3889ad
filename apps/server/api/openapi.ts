import { Controller, Get, Header, Inject, type INestApplication } from '@nestjs/common';
import { ApiExcludeController, DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { UseCase } from '#commands';
import type { Engine } from '../engine.js';
import { Open } from '../security/principal.js';
import { ENGINE } from '../tokens.js';
import { documentFields, sharedSchemas } from './command-docs.js';

/** Made when it is first asked for: no start waits for it. */
@ApiExcludeController()
@Controller('api/openapi.json')
export class OpenApiController {
  private app: INestApplication | undefined;
  private document: OpenAPIObject | undefined;

  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  describe(app: INestApplication): void {
    this.app = app;
  }

  @Get()
  @Open()
  @Header('cache-control', 'no-cache')
  get(): OpenAPIObject {
    if (!this.app) throw new Error('the server is not up yet');
    return (this.document ??= openApiOf(this.app, this.engine.useCases));
  }
}

export function openApiOf(app: INestApplication, useCases: readonly UseCase[]): OpenAPIObject {
  useCases.forEach(documentFields);
  const config = new DocumentBuilder()
    .setTitle('Throughcare')
    .setDescription(
      'Commands change a record and are safe to repeat; queries say how fresh they are. Errors are RFC 9457 problem details.',
    )
    .setVersion('1')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, config, { operationIdFactory: (_, method) => method });
  const commands = document.components?.schemas ?? {};
  // Commands refuse fields that they do not know.
  const closed = Object.fromEntries(
    Object.entries(commands).map(([name, schema]) => [name, { ...schema, additionalProperties: false }]),
  );
  document.components = { ...document.components, schemas: { ...sharedSchemas, ...closed } as never };
  return document;
}
