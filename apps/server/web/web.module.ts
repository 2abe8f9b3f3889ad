import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyInstance } from 'fastify';
import { developmentProvider, openIdProvider, Sessions, SignIn, type DevelopmentProvider, type SignInSettings } from '#access';
import { createRenderer, loadAssets, type Assets, type Render } from '#web';
import type { Engine } from '../engine.js';
import type { Log } from '../operations/log.js';
import { Asks } from './asks.js';
import { ASSETS, AssetsController } from './assets.controller.js';
import { FormController } from './form/form.controller.js';
import { Commands } from './forms/send.js';
import { HandoverController } from './handover/handover.controller.js';
import { JourneyController } from './journey/journey.controller.js';
import { NothingHereController } from './nothing-here.controller.js';
import { PageErrors } from './page-errors.js';
import { openFrame, Pages } from './pages.js';
import { Subjects } from './record/subject.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { ForVisitors } from './visitor.js';
import { WorklistPageController } from './worklist/worklist.controller.js';

export interface WebOptions {
  readonly engine: Engine;
  readonly log: Log;
  readonly sessions: Sessions;
  readonly signIn: SignInSettings;
  /** Of sign-ins, in the keys directory. */
  readonly secret: Uint8Array;
}

/** Folders of the pages lie beside this file. */
const here = dirname(fileURLToPath(import.meta.url));

/** The pages: one folder each, with controller, view and template. */
@Module({})
export class WebModule {
  static of(web: Web): DynamicModule {
    const { engine, log, sessions } = web.options;
    const pages = new Pages(engine, web.render, web.assets);
    const providers: Provider[] = [
      { provide: Pages, useValue: pages },
      { provide: PageErrors, useValue: new PageErrors(pages, log) },
      { provide: ForVisitors, useValue: new ForVisitors(sessions) },
      { provide: Subjects, useValue: new Subjects(engine) },
      { provide: Asks, useValue: new Asks(engine) },
      { provide: Sessions, useValue: sessions },
      { provide: SignIn, useValue: web.signIn },
      { provide: ASSETS, useValue: web.assets },
      { provide: Commands, useFactory: (bus: CommandBus) => new Commands(engine, bus), inject: [CommandBus] },
    ];
    return {
      module: WebModule,
      controllers: [
        AssetsController, SignInController, WorklistPageController, HandoverController, FormController, JourneyController,
        NothingHereController,
      ],
      providers,
    };
  }
}

/** What pages are drawn with, and who signs people in. */
export class Web {
  readonly assets: Assets = loadAssets();
  readonly render: Render = createRenderer([here]);
  readonly signIn: SignIn;
  private readonly provider: DevelopmentProvider | undefined;

  constructor(readonly options: WebOptions) {
    const { signIn, secret, engine } = options;
    if (signIn.kind === 'development') {
      this.provider = developmentProvider({ seed: secret, page: (page) => this.personaPage(page) });
    }
    this.signIn = new SignIn({ provider: signIn.kind === 'development' ? this.provider! : openIdProvider(signIn), secret, clock: engine.realClock });
  }

  /** The development provider reads its own requests, before anything else parses them. */
  mount(fastify: FastifyInstance): void {
    const { provider } = this;
    if (!provider) return;
    fastify.addHook('onRequest', async (request, reply) => {
      if (!provider.handles(request.url.split('?', 1)[0]!)) return;
      reply.hijack();
      await provider.handle(request.raw, reply.raw);
    });
  }

  private personaPage(view: object): string {
    return this.render('sign-in/personas.njk', { ...view, ...openFrame(this.options.engine, this.assets, 'Choose who to be') });
  }
}
