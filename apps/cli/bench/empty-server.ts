/** The baseline of HTTP: an empty Nest on Fastify with one POST, checked by class-validator. */
import 'reflect-metadata';
import { Body, Controller, Get, HttpCode, Module, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';

/** The same fields as the command that the bench sends. */
class Contact {
  @IsUUID()
  journeyId!: string;

  @IsString()
  @MaxLength(80)
  team!: string;

  @IsIn(['visit', 'telephone', 'video', 'clinic'])
  mode!: string;

  @IsOptional()
  @IsString()
  @MaxLength(4000)
  note?: string;
}

@Controller()
class EmptyController {
  @Get()
  ready(): { ready: true } {
    return { ready: true };
  }

  @Post('contact')
  @HttpCode(200)
  take(@Body() _: Contact): { taken: true } {
    return { taken: true };
  }
}

@Module({ controllers: [EmptyController] })
class EmptyModule {}

const app = await NestFactory.create<NestFastifyApplication>(EmptyModule, new FastifyAdapter(), { logger: false });
app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
await app.listen(Number(process.env['PORT']), '127.0.0.1');
process.once('SIGTERM', () => void app.close().then(() => process.exit()));
