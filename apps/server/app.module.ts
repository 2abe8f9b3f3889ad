import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { Sessions, SignIn, TokenVerifier, Visits } from '#access';
import { ChangesController } from './api/changes.controller.js';
import { commandHandlers } from './api/command-handlers.js';
import { commandsController } from './api/commands.controller.js';
import { JourneysController } from './api/journeys.controller.js';
import { MetricsQueryController } from './api/metrics.controller.js';
import { OpenApiController } from './api/openapi.js';
import { PilotsController } from './api/pilots.controller.js';
import type { ProblemFilter } from './api/problem-filter.js';
import { ProblemsController } from './api/problems.controller.js';
import { ProjectionsController } from './api/projections.controller.js';
import { WorklistController } from './api/worklist.controller.js';
import type { Engine } from './engine.js';
import { HealthController } from './operations/health.js';
import type { Log } from './operations/log.js';
import type { Measures } from './operations/measures.js';
import { MetricsController } from './operations/metrics.controller.js';
import type { Roles } from './roles.js';
import { SignedIn } from './security/principal.js';
import type { Reactions } from './reactions.js';
import { ENGINE, EXECUTOR, LOG, MEASURES, REACTIONS, SESSIONS, SIGN_IN, VISITS } from './tokens.js';
import { WebModule } from './web/web.module.js';

export interface Parts {
  readonly engine: Engine;
  readonly roles: Roles;
  readonly log: Log;
  readonly measures: Measures;
  readonly tokens: TokenVerifier;
  readonly signIn: SignIn;
  readonly sessions: Sessions;
  readonly visits: Visits;
  readonly problems: ProblemFilter;
  /** Undefined where nothing is done by itself. */
  readonly reactions: Reactions | undefined;
}

/** What every module may ask for. */
@Global()
@Module({})
class PartsModule {
  static of({ engine, log, measures, sessions, visits, signIn, reactions }: Parts): DynamicModule {
    const providers = [
      { provide: ENGINE, useValue: engine },
      { provide: EXECUTOR, useValue: engine.executor },
      { provide: MEASURES, useValue: measures },
      { provide: LOG, useValue: log },
      { provide: SESSIONS, useValue: sessions },
      { provide: VISITS, useValue: visits },
      { provide: SIGN_IN, useValue: signIn },
      { provide: REACTIONS, useValue: reactions },
    ];
    return { module: PartsModule, providers, exports: providers };
  }
}

/** Pages send their forms to the same handlers as programs do. */
@Module({})
class CommandsModule {
  static of({ engine: { useCases }, roles }: Parts): DynamicModule {
    return {
      module: CommandsModule,
      imports: [CqrsModule.forRoot()],
      controllers: roles.has('api') ? [commandsController(useCases)] : [],
      providers: [...commandHandlers(useCases)],
    };
  }
}

@Module({
  controllers: [
    JourneysController,
    WorklistController,
    PilotsController,
    MetricsQueryController,
    ProjectionsController,
    OpenApiController,
    ProblemsController,
  ],
})
class QueriesModule {}

/** Open pages and programs hear of changes at the same address. */
@Module({ controllers: [ChangesController] })
class ChangesModule {}

@Module({ controllers: [HealthController, MetricsController] })
class OperationsModule {}

@Module({})
export class AppModule {
  static of(parts: Parts): DynamicModule {
    const [api, web] = [parts.roles.has('api'), parts.roles.has('web')];
    return {
      module: AppModule,
      imports: [
        PartsModule.of(parts),
        OperationsModule,
        ...(api || web ? [CommandsModule.of(parts), ChangesModule] : []),
        ...(api ? [QueriesModule] : []),
        ...(web ? [WebModule.of(parts.engine)] : []),
      ],
      providers: [
        { provide: APP_GUARD, useValue: new SignedIn(parts.tokens, parts.sessions) },
        { provide: APP_FILTER, useValue: parts.problems },
      ],
    };
  }
}
