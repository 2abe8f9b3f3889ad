import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { DevelopmentProviderOptions } from '#access';
import { createRenderer, loadAssets } from '#web';
import type { Engine } from '../engine.js';
import { Asks } from './asks.js';
import { ASSETS, AssetsController } from './assets.controller.js';
import { DashboardController } from './dashboard/dashboard.controller.js';
import { Emergencies } from './emergency/emergencies.js';
import { EmergencyController } from './emergency/emergency.controller.js';
import { FormController } from './form/form.controller.js';
import { Commands } from './forms/send.js';
import { HandoverController } from './handover/handover.controller.js';
import { JourneyController } from './journey/journey.controller.js';
import { JourneysPageController } from './journeys/journeys.controller.js';
import { StaysPageController } from './stays/stays.controller.js';
import { MetricPageController } from './metric/metric.controller.js';
import { NothingHereController } from './nothing-here.controller.js';
import { openFrame, Pages } from './pages.js';
import { PilotsPageController } from './pilots/pilots.controller.js';
import { Subjects } from './record/subject.js';
import { ReferralDoneController } from './referral/done.controller.js';
import { PersonSearch } from './referral/person-search.js';
import { ReferralController } from './referral/referral.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { StatusPageController } from './status/status.controller.js';
import { WorklistPageController } from './worklist/worklist.controller.js';

/** Folders of the pages lie beside this file. */
const render = createRenderer([dirname(fileURLToPath(import.meta.url))]);
const assets = loadAssets();

/** The pages: one folder each, with controller, view and template. */
@Module({})
export class WebModule {
  static of(engine: Engine): DynamicModule {
    const providers: Provider[] = [
      { provide: Pages, useValue: new Pages(engine, render, assets) },
      { provide: Subjects, useValue: new Subjects(engine) },
      { provide: Asks, useValue: new Asks(engine) },
      { provide: Emergencies, useValue: new Emergencies(engine) },
      { provide: PersonSearch, useValue: new PersonSearch(engine) },
      { provide: ASSETS, useValue: assets },
      { provide: Commands, useFactory: (bus: CommandBus) => new Commands(engine, bus), inject: [CommandBus] },
    ];
    return {
      module: WebModule,
      controllers: [
        AssetsController,
        SignInController,
        WorklistPageController,
        ReferralController,
        ReferralDoneController,
        HandoverController,
        FormController,
        JourneyController,
        PilotsPageController,
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
