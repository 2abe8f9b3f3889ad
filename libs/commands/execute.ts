/**
 * The one executor of all use cases (DESIGN 3): load, decide, append. HTTP, pages, imports and deadlines come
 * through here, so access, idempotency and sealing are the same for all of them.
 */
import {
  eventIdOf,
  isRefusal,
  minutes,
  personStream,
  plus,
  type Clock,
  type DomainEvent,
  type EventRegistry,
  type NewEvent,
  type RecordedEvent,
} from '#kernel';
import { IdConflictError, StoreUnavailableError, WrongRevisionError, type EventStore } from '#event-store';
import { answerOf, type CommandAnswer } from './answer.js';
import { contextOf } from './context.js';
import { mapSealed, sealFields } from './free-text.js';
import type { CommandMeta } from './meta.js';
import { invalidFields, Problem, Refused } from './problem.js';
import type { FoldedRecord, RecordFold } from './record.js';
import { Records } from './records.js';
import { Turns } from './turns.js';
import type { Command, UseCase } from './use-case.js';
import type { CommandClass } from './validate.js';

/** The vault, as far as commands need it. */
export interface Secrets {
  /** Keyed hash over content in the clear. */
  commandHash(content: unknown): string;
  /** Seals texts about one person. @throws Problem or Refused where nothing can be sealed for them */
  sealing(person: string): Promise<(text: string) => string>;
  /** Seals for one person what was sealed for another. @throws as `sealing`, also where a text is sealed again */
  resealing(from: string, to: string): Promise<(sealed: string) => string>;
}

export type Authorise = (useCase: UseCase, record: FoldedRecord<unknown>, meta: CommandMeta) => Promise<void> | void;

export interface ExecutorOptions {
  readonly store: EventStore;
  readonly registry: EventRegistry;
  readonly clock: Clock;
  /**
   * By when care that a command tells of has happened; `clock` where absent. Records of other systems are of real
   * days, and a demo's clock is years behind.
   */
  readonly careClock?: Clock;
  readonly secrets: Secrets;
  readonly fold: RecordFold<unknown>;
  readonly useCases: readonly UseCase[];
  /** Marks every event written here: a demo holds made-up people only. */
  readonly synthetic: boolean;
  /** @throws Problem where this actor may not run it on this record. Asked before anything is decided. */
  readonly authorise: Authorise;
  /**
   * By name of the use case: what has to be durable before its events are, such as the identity of a person who is
   * about to be registered. Repeating it does nothing.
   */
  readonly before?: Readonly<Record<string, (command: Command, stream: string) => Promise<void>>>;
  /**
   * By name of the use case: what is told with its answer and stands in no event; again with every repeat by the same
   * member of staff.
   */
  readonly tells?: Readonly<Record<string, (answer: CommandAnswer) => Partial<CommandAnswer>>>;
  readonly keptRecords?: number;
  /** Nobody else writes to the store while this executor does: what it has folded need not be asked for again. */
  readonly soleWriter?: boolean;
  /** Milliseconds after which whoever gave a command is told that its outcome is not known; without an end when absent. */
  readonly patience?: number;
}

const ATTEMPTS = 4;
/** How far a client's clock may run ahead of ours. */
const AHEAD = minutes(1);

export class Executor {
  private readonly records: Records<unknown>;
  private readonly turns: Turns;
  private readonly byCommand: ReadonlyMap<CommandClass, UseCase>;

  constructor(private readonly options: ExecutorOptions) {
    const { store: reader, registry, fold, keptRecords, soleWriter = false } = options;
    this.records = new Records({
      reader,
      registry,
      fold,
      soleWriter,
      ...(keptRecords !== undefined && { kept: keptRecords }),
    });
    this.turns = new Turns(options.patience);
    this.byCommand = new Map(options.useCases.map((useCase) => [useCase.command, useCase]));
  }

  /**
   * @param command valid (`commandFrom`), free text in the clear
   * @throws Problem, Refused
   */
  async execute(command: Command, meta: CommandMeta): Promise<CommandAnswer> {
    const useCase = this.byCommand.get(command.constructor as CommandClass);
    if (!useCase) throw new Problem('unknown-command', `there is no command ${command.constructor.name}`);
    const recordedAt = this.options.clock.now();
    const now = this.options.careClock?.now() ?? recordedAt;
    if (command.occurredAt && command.occurredAt > plus(now, AHEAD)) {
      throw invalidFields([{ pointer: '/occurredAt', detail: `must not lie in the future; it is ${now} here` }]);
    }
    const stream = useCase.stream(command, meta.commandId);
    const hash = this.options.secrets.commandHash({ command: useCase.name, content: { ...command } });
    try {
      const { answer, staff } = await this.turns.take(stream, () =>
        this.attempt({ useCase, command, meta, stream, hash, now, recordedAt }),
      );
      // To whoever gave the command first: that somebody else knows its id makes it not theirs.
      const told = staff === meta.actor.staff ? this.options.tells?.[useCase.name]?.(answer) : undefined;
      return { ...answer, ...told };
    } catch (error) {
      if (error instanceof StoreUnavailableError) {
        throw new Problem('store-unavailable', 'The outcome is not known.', {}, { cause: error });
      }
      throw error;
    }
  }

  private async attempt(order: Order): Promise<Attempted> {
    const done = await this.onKept(order);
    if (done) return done;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const record = await this.records.load(order.stream, personNamedBy(order.command), attempt > 1);
      const { answered, events } = await this.decideOn(order, record);
      const settled = answered ?? (await this.write(order, record, events));
      if (settled) return settled;
    }
    throw new Problem('busy', 'The record changed each time while this was decided.');
  }

  /**
   * On what this process remembers of a stream that others may have written to since (ADR 0019). Only new entries may
   * rest on it, for their revision proves it was up to date; a refusal, a repeat or "nothing to do" is for a fresh read.
   */
  private async onKept(order: Order): Promise<Attempted | undefined> {
    const { useCase, command, meta, now } = order;
    // Entries that are the same whenever they are decided could be a repeat that the store takes without a word.
    if (meta.dryRun || useCase.reads || command.occurredAt !== undefined) return undefined;
    const record = await this.records.kept(order.stream);
    if (!record) return undefined;
    try {
      const { events = [] } = await this.decideOn(order, record);
      const ofThisMoment = events.some(({ occurredAt }) => occurredAt === now);
      return ofThisMoment ? await this.write(order, record, events) : undefined;
    } catch (error) {
      if (error instanceof Problem || error instanceof Refused) return undefined;
      throw error;
    }
  }

  private async decideOn(order: Order, record: FoldedRecord<unknown>): Promise<Decided> {
    const { useCase, command, meta, hash } = order;
    await this.options.authorise(useCase, record, meta);
    this.mustExist(order, record);
    const executed = record.executed.get(meta.commandId);
    if (executed) {
      if (executed.hash === hash) return { answered: await this.recordedAnswer(record, executed.from, executed.to) };
      throw new Problem('key-reused', 'This Idempotency-Key was used on this record with other content.');
    }
    if (meta.ifRevision !== undefined && meta.ifRevision !== record.revision) throw stale(record.revision);
    order.sealed ??= await sealFields(command, record.person, this.options.secrets);
    const recorded = useCase.reads ? await this.entries(order, record.person) : [];
    const events = this.decide(order, order.sealed, record, recorded);
    if (events.length > 0 && !meta.dryRun) return { events };
    return { answered: { answer: answerOf({ ...record, events: [], repeated: false }), staff: meta.actor.staff } };
  }

  /** Undefined where the record is not at its revision any more: it has to be decided again. */
  private async write(
    { useCase, command, meta, stream }: Order,
    record: FoldedRecord<unknown>,
    events: readonly NewEvent[],
  ): Promise<Attempted | undefined> {
    await this.options.before?.[useCase.name]?.(command, stream);
    const expected = record.revision === -1 ? 'none' : record.revision;
    try {
      const { revision, position, repeated } = await this.options.store.append(stream, expected, events);
      this.records.appended(record, asRecorded(events, stream, revision, position));
      const answer = answerOf({ stream, person: record.person, revision, position, events, repeated });
      return { answer, staff: meta.actor.staff };
    } catch (error) {
      // Somebody else was first, perhaps a repeat of this very command: read what is there now.
      if (error instanceof WrongRevisionError || error instanceof IdConflictError) return undefined;
      throw error;
    }
  }

  private mustExist({ useCase, command, meta, stream }: Order, record: FoldedRecord<unknown>): void {
    if (record.revision !== -1) return;
    const opens = useCase.opens ?? useCase.stream(command, `not ${meta.commandId}`) !== stream;
    if (!opens) throw new Problem('not-found', 'There is no such record, or your organisation has no part in it.');
    const isOfPerson = record.person !== undefined && personStream(record.person) !== stream;
    if (isOfPerson && record.personRevision === -1) {
      throw invalidFields([{ pointer: '/personId', detail: 'must be the id of a person who is registered' }]);
    }
  }

  /** Decides on sealed text: the domain carries it and never reads it. */
  private decide(
    { useCase, meta, hash, now, recordedAt }: Order,
    command: Command,
    record: FoldedRecord<unknown>,
    recorded: readonly RecordedEvent[],
  ): readonly NewEvent[] {
    const occurredAt = command.occurredAt ?? now;
    const precision = command.precision ?? 'second';
    const { commandId, actor, teams } = meta;
    const context = contextOf({ commandId, actor, teams, now, occurredAt, precision, recorded });
    const decision = useCase.decide(command, record.state, context);
    if (isRefusal(decision)) throw new Refused(decision.code, decision.detail, decision.about);
    const pilot = record.pilot ?? (record.stream.startsWith('journey-') ? actor.pilot : undefined);
    return decision.map((event, index): NewEvent => {
      this.check(useCase, event);
      return {
        eventId: eventIdOf(commandId, index),
        type: event.type,
        schemaVersion: this.options.registry.definition(event.type).version,
        ...(record.person !== undefined && { person: record.person }),
        ...(pilot !== undefined && { pilot }),
        occurredAt: event.occurredAt ?? occurredAt,
        precision: event.precision ?? precision,
        recordedAt,
        actor,
        purpose: meta.purpose,
        commandId,
        commandHash: hash,
        correlationId: meta.correlationId ?? commandId,
        ...(meta.causationId !== undefined && { causationId: meta.causationId }),
        source: meta.source,
        synthetic: this.options.synthetic,
        data: event.data,
      };
    });
  }

  /** Entries that the decision asked to see, on records that the actor may touch as well. */
  private async entries(
    { useCase, command, meta }: Order,
    person: string | undefined,
  ): Promise<readonly RecordedEvent[]> {
    const found: RecordedEvent[] = [];
    for (const stream of useCase.reads?.(command) ?? []) {
      const record = await this.records.load(stream);
      await this.options.authorise(useCase, record, meta);
      found.push(...(await this.records.between(stream, 0, record.revision)));
    }
    return Promise.all(found.map((event) => this.readableFor(person, event)));
  }

  private async readableFor(person: string | undefined, event: RecordedEvent): Promise<RecordedEvent> {
    const { person: owner, data } = event;
    if (person === undefined || owner === undefined || owner === person) return event;
    const reseal = await this.options.secrets.resealing(owner, person);
    return { ...event, data: mapSealed(data, reseal) };
  }

  /** What is written once is read for ever: a payload that is not as described never gets that far. */
  private check(useCase: UseCase, { type, data }: DomainEvent): void {
    const problems = this.options.registry.problems(type, data);
    if (problems.length > 0)
      throw new Error(`${useCase.name} decided on a ${type} that is not as described: ${problems.join('; ')}`);
  }

  private async recordedAnswer(record: FoldedRecord<unknown>, from: number, to: number): Promise<Attempted> {
    const events = await this.records.between(record.stream, from, to);
    const { stream, person } = record;
    const outcome = { stream, person, revision: to, position: events.at(-1)?.position, events, repeated: true };
    return { answer: answerOf(outcome), staff: events[0]?.actor.staff };
  }
}

type Decided =
  | { readonly answered: Attempted; readonly events?: undefined }
  | { readonly answered?: undefined; readonly events: readonly NewEvent[] };

interface Attempted {
  readonly answer: CommandAnswer;
  /** Whoever gave the command first. */
  readonly staff: string | undefined;
}

interface Order {
  readonly useCase: UseCase;
  readonly command: Command;
  readonly meta: CommandMeta;
  readonly stream: string;
  readonly hash: string;
  readonly now: string;
  readonly recordedAt: string;
  /** The command with its free text sealed, once: a second time would give another text. */
  sealed?: Command;
}

const stale = (revision: number): Problem =>
  new Problem('stale', `The record is at revision ${revision} now.`, { about: { revision } });

/** Commands that begin a journey name the person; the others are on a stream that does. */
const personNamedBy = (command: Command): string | undefined => {
  const { personId } = command as { personId?: unknown };
  return typeof personId === 'string' ? personId : undefined;
};

const asRecorded = (
  events: readonly NewEvent[],
  stream: string,
  revision: number,
  position: string,
): readonly RecordedEvent[] =>
  events.map((event, i) => ({ ...event, stream, revision: revision - events.length + 1 + i, position, ordinal: 0 }));
