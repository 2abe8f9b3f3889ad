/** `GET /api/changes`: server-sent events for live pages. */
import { Controller, Inject, Req, Res, Sse, type MessageEvent, type OnModuleDestroy } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  bufferTime,
  concatMap,
  EMPTY,
  exhaustMap,
  filter,
  finalize,
  interval,
  map,
  merge,
  share,
  Subject,
  takeUntil,
  takeWhile,
  timer,
  type Observable,
} from 'rxjs';
import { maySeeEmergencyAccess } from '#access';
import { Problem } from '#commands';
import type { Actor } from '#kernel';
import { inScope, scopeOf } from '#pathway';
import { inList, type ProjectionMessage } from '#projections';
import type { Engine } from '../engine.js';
import type { SignedInRequest } from '../security/principal.js';
import { ENGINE } from '../tokens.js';
import { ApiProblems } from './command-docs.js';

type Advanced = Extract<ProjectionMessage, { kind: 'advanced' }>;

/** Pages change a few times a second at most, milliseconds. */
const TOGETHER = 250;
/** A proxy that hears nothing for long hangs up, milliseconds. */
const HEARTBEAT = 15_000;
/** Then the browser comes again, and has to show that it still may, milliseconds. */
const LONGEST = 15 * 60_000;
const STREAMS_EACH = 20;
/** Names in messages that wait for somebody who does not read, beyond what the connection itself takes. */
const MOST_UNREAD = 1_000;
/** For the last words to somebody who may not be reading, milliseconds. */
const GOODBYE = 2_000;

const isOfServed = (message: ProjectionMessage): message is Advanced =>
  message.kind === 'advanced' && message.served && message.tables.length > 0;

/**
 * False once much waits for somebody who does not read: they are hung up on. Whoever comes again asks for the page anew,
 * so nothing that they missed has to be kept.
 */
function isReadBy(response: FastifyReply['raw']): (message: MessageEvent) => boolean {
  let unread = 0;
  return ({ data }) => {
    const { journeys = [] } = data as { readonly journeys?: readonly string[] };
    unread = response.writableNeedDrain ? unread + journeys.length + 1 : 0;
    return unread <= MOST_UNREAD;
  };
}

/** An answer that nobody reads never ends by itself, and a server that has to end would wait for it. */
function hangUp(response: FastifyReply['raw']): void {
  setTimeout(() => response.writableFinished || response.destroy(), GOODBYE).unref();
}

@ApiTags('queries')
@Controller('api/changes')
export class ChangesController implements OnModuleDestroy {
  private readonly ending = new Subject<void>();
  private readonly open = new Map<string, number>();
  /**
   * Where nobody brings the lists up to date nothing changes, and an open page has to be told that. One question serves
   * all that are open; while none is, nobody asks.
   */
  private readonly heartbeat$ = interval(HEARTBEAT).pipe(
    exhaustMap(() => this.eventsBehind()),
    map((eventsBehind): MessageEvent => ({ type: 'heartbeat', data: { eventsBehind } })),
    share(),
  );

  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  @Sse()
  @ApiBearerAuth()
  @ApiOperation({
    operationId: 'changes',
    summary: 'What changed, as it changes: tables of read models, and those journeys among them that you may see',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({
    description:
      '`changed` events with tables and journeys, and the position where the log of care moved; `heartbeat` events in between, with how many events the lists are behind. Whoever does not read them is hung up on, and asks anew for what they show',
    schema: { type: 'string' },
  })
  @ApiProblems('sign-in-needed', 'token-invalid', 'token-expired', 'too-many-requests')
  changes(
    @Req() { principal: { actor } }: SignedInRequest,
    @Res({ passthrough: true }) { raw: response }: Pick<FastifyReply, 'raw'>,
  ): Observable<MessageEvent> {
    this.admit(actor);
    const changed = (this.engine.projector?.changes$ ?? EMPTY).pipe(
      filter(isOfServed),
      bufferTime(TOGETHER),
      filter((batch) => batch.length > 0),
      concatMap(async (batch): Promise<MessageEvent> => ({ type: 'changed', data: await this.visible(actor, batch) })),
    );
    const emergencies = this.engine.accessLog.emergencies$.pipe(
      // Asked for again, because only its opening says who was told. What fails here is on the page with its next load.
      concatMap(({ data }) => this.engine.emergencies.one(data.access).catch(() => undefined)),
      filter((access) => access !== undefined && maySeeEmergencyAccess(actor, access).allowed),
      map((access): MessageEvent => ({ type: 'changed', data: { tables: ['emergency_access'], journeys: [access!.journey] } })),
    );
    return merge(changed, emergencies, this.heartbeat$).pipe(
      takeUntil(merge(this.ending, timer(LONGEST))),
      takeWhile(isReadBy(response)),
      finalize(() => {
        this.leave(actor);
        hangUp(response);
      }),
    );
  }

  onModuleDestroy(): void {
    this.ending.next();
  }

  /** 0 where it cannot be told: the page says itself what it cannot reach. */
  private async eventsBehind(): Promise<number> {
    return this.engine.reader.withFreshness(async () => undefined).then(
      ({ freshness }) => freshness.eventsBehind,
      () => 0,
    );
  }

  /** People are named only through journeys that are in the actor's scope now. */
  private async visible(actor: Actor, batch: readonly Advanced[]) {
    const { position, eventsBehind } = batch.at(-1)!;
    const people = JSON.stringify([...new Set(batch.flatMap(({ subjects }) => subjects))]);
    const { sql, params } = inScope(scopeOf(actor), 'journey');
    const journeys = await this.engine.reader.all<{ journey: string }>(
      `SELECT journey FROM journey WHERE person ${inList(':people')} AND ${sql}`,
      { people, ...params },
    );
    return {
      position,
      eventsBehind,
      tables: [...new Set(batch.flatMap(({ tables }) => tables))],
      journeys: journeys.map(({ journey }) => journey),
    };
  }

  private admit({ staff }: Actor): void {
    const open = this.open.get(staff) ?? 0;
    if (open >= STREAMS_EACH) throw new Problem('too-many-requests', `You have ${open} live pages open; close some.`);
    this.open.set(staff, open + 1);
  }

  private leave({ staff }: Actor): void {
    const open = (this.open.get(staff) ?? 1) - 1;
    if (open > 0) this.open.set(staff, open);
    else this.open.delete(staff);
  }
}
