/** The projector as a process sees it that only reads what another process projects. */
import { randomUUID } from 'node:crypto';
import { filter, firstValueFrom, map, race, Subject, take, timer, type Observable } from 'rxjs';
import type pg from 'pg';
import { eventsUntil, type EventReader, type Position } from '#event-store';
import type { Checkpoint } from '../generations.js';
import type { Freshness } from '../definition.js';
import { eventsBehind } from '../freshness.js';
import { Heard } from '../heard.js';
import type { ProjectionMessage } from '../messages.js';
import { subjectOf } from '../model-set.js';
import type { Projector, ProjectorStatus } from '../projector.js';
import { askedIn, Line, saidIn, type Said } from './channel.js';
import { glancesAt, inOneLook } from './connect.js';
import { PostgresGeneration } from './generation.js';
import { projectorIsAtWork } from './generations.js';
import { firstEventOf } from './log-id.js';
import { schemaOf, servedIn, spaceOf, type LogId, type PostgresPlace } from './place.js';

export interface FollowedOptions {
  readonly place: PostgresPlace;
  /** Of the log that is projected, to find whose rows moved while nothing was heard. Not closed here. */
  readonly log: EventReader;
  /** Of all read models: which of them changed while nothing was heard is not known. */
  readonly tables: readonly string[];
}

/** How often it looks for itself, milliseconds: so long at most does it take a process gone for a projector at work. */
const LOOK_EVERY = 1_000;
const ANSWER_WITHIN = 60_000;

export class FollowedProjector implements Projector {
  private readonly heard: Heard;
  private readonly answers = new Subject<Extract<Said, { kind: 'answer' }>>();
  private readonly space: string;
  private readonly logId: LogId;
  private readonly pool: pg.Pool;
  private readonly line: Line;
  private readonly looking: NodeJS.Timeout;
  private state: ProjectorStatus['state'] = 'starting';
  private problem: string | undefined;
  /** Where the rows stood when last heard of. */
  private at: Checkpoint | undefined;
  private look: Promise<void> | undefined;

  constructor(private readonly options: FollowedOptions) {
    this.heard = new Heard((a, b) => options.log.comparePositions(a, b));
    this.space = spaceOf(options.place);
    this.logId = firstEventOf(options.log);
    this.pool = glancesAt(options.place);
    this.line = new Line({
      place: options.place,
      hears: saidIn(this.space),
      onHeard: (payload) => this.hear(JSON.parse(payload) as Said),
      onUp: () => void this.line.say(askedIn(this.space), { kind: 'tell' }),
      onDown: (error) => this.lost(error),
    });
    this.looking = setInterval(() => void this.lookAround(), LOOK_EVERY);
    void this.lookAround();
  }

  get changes$(): Observable<ProjectionMessage> {
    return this.heard.changes$;
  }

  status(): ProjectorStatus {
    const { state, problem } = this;
    return { state, ...(problem !== undefined && { problem }), generations: this.heard.all() };
  }

  freshness(): Freshness | undefined {
    return this.heard.freshness(this.state === 'running');
  }

  waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    return this.heard.waitFor(position, timeoutMs);
  }

  async retryQuarantined(): Promise<number> {
    const id = randomUUID();
    const answered = this.answers.pipe(filter((answer) => answer.id === id));
    const late = timer(ANSWER_WITHIN).pipe(map(() => ({ error: 'no projector answered', value: undefined })));
    const answer = firstValueFrom(race(answered, late).pipe(take(1)));
    await this.line.say(askedIn(this.space), { kind: 'retryQuarantined', id });
    const { error, value } = await answer;
    if (error !== undefined) throw new Error(error);
    return value ?? 0;
  }

  async stop(): Promise<void> {
    this.state = 'stopped';
    clearInterval(this.looking);
    await this.line.close();
    await this.look;
    await this.pool.end();
    this.heard.complete();
    this.answers.complete();
  }

  private hear(said: Said): void {
    if (said.kind === 'answer') return this.answers.next(said);
    const { message } = said;
    if (message.kind === 'advanced' && message.served) {
      const { position, ordinal, knownAt } = message;
      // Of a batch in several pieces, or heard after it was seen: the rows do not go back.
      if (ordinal < (this.at?.ordinal ?? 0)) return;
      this.at = { position, ordinal, knownAt };
    }
    if (message.kind === 'served') this.at = undefined;
    this.heard.receive(message);
  }

  private lost(error: Error): void {
    if (this.state === 'stopped') return;
    this.state = 'restarting';
    this.problem = `PostgreSQL: ${error.message}`;
  }

  private lookAround(): Promise<void> {
    return (this.look ??= this.lookOnce()
      .catch((error: Error) => this.lost(error))
      .finally(() => (this.look = undefined)));
  }

  private async lookOnce(): Promise<void> {
    const log = await this.logId();
    const [isAtWork, served] = await Promise.all([
      projectorIsAtWork(this.pool, this.space),
      inOneLook(this.pool, (client) => servedIn(client, this.space, log)),
    ]);
    if (this.state === 'stopped') return;
    this.state = isAtWork ? 'running' : 'restarting';
    this.problem = isAtWork ? undefined : 'no projector is at work';
    if (!isAtWork) this.heard.forgetUnfinished();
    if (served !== undefined) await this.lookInto(served);
  }

  /** What was committed and not heard of: said while the line was down, or by a projector that died in between. */
  private async lookInto(generation: string): Promise<void> {
    const stored = new PostgresGeneration(this.pool, schemaOf(this.space, generation));
    const now = await stored.checkpoint();
    const before = this.at;
    const isKnown = this.heard.all().some((one) => one.served && one.generation === generation);
    if (isKnown && before !== undefined && now.ordinal <= before.ordinal) return;
    const [behind, incomplete, subjects] = await Promise.all([
      eventsBehind(this.options.log, now),
      stored.incomplete(),
      before && isKnown ? this.subjectsBetween(before, now) : [],
    ]);
    if (this.state === 'stopped') return;
    if (!isKnown) this.heard.receive({ kind: 'served', generation });
    this.hear({
      kind: 'said',
      message: {
        kind: 'advanced', generation, served: true, ...now, eventsBehind: behind, incomplete, tables: this.options.tables, subjects,
      },
    });
  }

  private async subjectsBetween({ position, ordinal }: Checkpoint, to: Checkpoint): Promise<readonly string[]> {
    const subjects = new Set<string>();
    const from = position === undefined ? undefined : { position, ordinal };
    for await (const event of eventsUntil(this.options.log, to.position, from)) subjects.add(subjectOf(event));
    return [...subjects];
  }
}
