import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { DevelopmentProviderOptions } from '#access';
import { createRenderer, loadAssets } from '#web';
import type { Engine } from '../engine.js';
import { AnswerController } from './answer-link/answer.controller.js';
import { AnswerLinks } from './answer-link/answer-links.js';
import { MakeLinkController } from './answer-link/make.controller.js';
import { AsKnownPages } from './as-known/as-known.pages.js';
import { SinceController } from './as-known/since.controller.js';
import { Asks } from './asks.js';
import { ASSETS, AssetsController } from './assets.controller.js';
import { DirectoryController } from './teams/directory.controller.js';
import { DashboardController } from './dashboard/dashboard.controller.js';
import { FindController } from './find/find.controller.js';
import { Emergencies } from './emergency/emergencies.js';
import { EmergencyController } from './emergency/emergency.controller.js';
import { FormController } from './form/form.controller.js';
import { Commands } from './forms/send.js';
import { HandoverController } from './handover/handover.controller.js';
import { JourneyController } from './journey/journey.controller.js';
import { JourneysPageController } from './journeys/journeys.controller.js';
import { StaysPageController } from './stays/stays.controller.js';
import { MetricPageController } from './metric/metric.controller.js';
import { MeetingController } from './meeting/meeting.controller.js';
import { NoticesController } from './notices/notices.controller.js';
import { NothingHereController } from './nothing-here.controller.js';
import { openFrame, Pages } from './pages.js';
import { PathwayController } from './pathway/pathway.controller.js';
import { PilotsPageController } from './pilots/pilots.controller.js';
import { PrintController } from './print/print.controller.js';
import { Subjects } from './record/subject.js';
import { ReferralDoneController } from './referral/done.controller.js';
import { FoundPages } from './referral/found.pages.js';
import { PersonNews } from './referral/person-news.js';
import { PersonSearch } from './referral/person-search.js';
import { ReferralController } from './referral/referral.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { StoryController } from './story/story.controller.js';
import { StatusPageController } from './status/status.controller.js';
import { LooksController } from './looks/looks.controller.js';
import { Looks } from './looks/looks.js';
import { ChangesPageController } from './worklist/changes.controller.js';
import { TonightPageController } from './worklist/tonight.controller.js';
import { WorklistPageController } from './worklist/worklist.controller.js';
import { MoveController } from './wrong-person/move.controller.js';
import { Moves } from './wrong-person/moves.js';
import { WrongPersonController } from './wrong-person/wrong-person.controller.js';
import { WrongPersonPages } from './wrong-person/wrong-person.pages.js';

/** Folders of the pages lie beside this file. */
const render = createRenderer([dirname(fileURLToPath(import.meta.url))]);
const assets = loadAssets();

/** The pages: one folder each, with controller, view and template. */
@Module({})
export class WebModule {
  static of(engine: Engine): DynamicModule {
    const pages = new Pages(engine, render, assets);
    const subjects = new Subjects(engine);
    const people = new PersonSearch(engine);
    const providers: Provider[] = [
      { provide: Pages, useValue: pages },
      { provide: AsKnownPages, useValue: new AsKnownPages(engine, pages) },
      { provide: Subjects, useValue: subjects },
      { provide: Asks, useValue: new Asks(engine) },
      { provide: Emergencies, useValue: new Emergencies(engine) },
      { provide: PersonSearch, useValue: people },
      { provide: FoundPages, useValue: new FoundPages(engine, pages, people) },
      { provide: PersonNews, useValue: new PersonNews(engine, subjects, people) },
      { provide: Looks, useValue: new Looks(engine) },
      Moves,
      WrongPersonPages,
      { provide: ASSETS, useValue: assets },
      { provide: Commands, useFactory: (bus: CommandBus) => new Commands(engine, bus), inject: [CommandBus] },
      {
        provide: AnswerLinks,
        useFactory: (commands: Commands) => new AnswerLinks(engine, commands),
        inject: [Commands],
      },
    ];
    return {
      module: WebModule,
      controllers: [
        AssetsController,
        DirectoryController,
        SignInController,
        WorklistPageController,
        ChangesPageController,
        TonightPageController,
        MeetingController,
        NoticesController,
        ReferralController,
        ReferralDoneController,
        HandoverController,
        SinceController,
        PrintController,
        StoryController,
        FindController,
        MakeLinkController,
        AnswerController,
        WrongPersonController,
        MoveController,
        LooksController,
        FormController,
        JourneyController,
        PilotsPageController,
        PathwayController,
        DashboardController,
        JourneysPageController,
        StaysPageController,
        MetricPageController,
        EmergencyController,
        StatusPageController,
        NothingHereController,
      ],
      providers,
    };
  }
}

/** The development provider's choice of personas, in the frame of every other page. */
export const personaPage =
  (engine: Engine): NonNullable<DevelopmentProviderOptions['page']> =>
  (page) =>
    render('sign-in/personas.njk', { ...page, ...openFrame(engine, assets, 'Choose who to be') });
