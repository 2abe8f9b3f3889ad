/** How requests read the read models: the served generation, each answer with how fresh it is. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventReader } from '#event-store';
import type { Instant } from '#kernel';
import type { Freshness } from './definition.js';
import { eventsBehind, LIVE_WITHIN } from './freshness.js';
import { ordinalAt, placeBefore } from './log-lookup.js';
import { readStoreAt, type ReadModelsPlace } from './place.js';
import type { Params, ReadStore, Rows } from './read-store.js';
import { inList } from './sql.js';

/** A subject whose rows stay behind in a read model, and since which event. */
export interface Incomplete {
  readonly subject: string;
  readonly readModel: string;
  readonly eventId: string;
  readonly ordinal: number;
  readonly since: Instant;
  readonly error: string;
}

/** An answer, and out of what it came. */
export interface Answered<T> {
  readonly value: T;
  readonly freshness: Freshness;
  /** Of each read model, as it stands in what answered: while the next generation is built that is not this release's. */
  readonly versions: Readonly<Record<string, number>>;
}

export type ReadModelReaderOptions = ReadModelsPlace & { readonly log: EventReader };

export class ReadModelReader implements Rows {
  private readonly store: ReadStore;
  private readonly log: EventReader;
  private readonly answers = new AsyncLocalStorage<{ isOver: boolean }>();

  constructor({ log, ...place }: ReadModelReaderOptions) {
    this.store = readStoreAt(place, log);
    this.log = log;
  }

  /** @throws ReadModelsNotReadyError, ReadModelsUnavailableError */
  async all<T>(sql: string, params?: Params): Promise<readonly T[]> {
    this.checkIsOutside();
    return this.store.all<T>(sql, params);
  }

  /** @throws ReadModelsNotReadyError, ReadModelsUnavailableError */
  async get<T>(sql: string, params?: Params): Promise<T | undefined> {
    this.checkIsOutside();
    return this.store.get<T>(sql, params);
  }

  /**
   * Rows and their freshness of one moment, so that they agree.
   *
   * @param read waits for nothing but the rows it is given: other answers may wait for it
   * @param readModels those that the answer draws on, to count only their incomplete subjects; all when absent
   * @throws ReadModelsNotReadyError, ReadModelsUnavailableError
   */
  async withFreshness<T>(
    read: (rows: Rows) => Promise<T>,
    readModels?: readonly string[],
  ): Promise<Answered<T>> {
    const { value, state } = await this.atOneMoment(async (rows) => ({
      state: await stateOf(rows, readModels),
      value: await read(rows),
    }));
    const { stopped, models, ...freshness } = state;
    const behind = await eventsBehind(this.log, freshness);
    const status = stopped ? 'stopped' : behind > LIVE_WITHIN ? 'catchingUp' : 'live';
    const behindSince = behind === 0 ? undefined : await this.firstMissing(freshness);
    return {
      value,
      freshness: { ...freshness, eventsBehind: behind, ...(behindSince !== undefined && { behindSince }), status },
      versions: versionsIn(models),
    };
  }

  /** The last ordinal known at that moment (DESIGN 5), for `asKnown`. */
  async ordinalAt(knownAt: Instant): Promise<number> {
    return ordinalAt(await this.atOneMoment((rows) => placeBefore(rows, knownAt)), this.log, knownAt);
  }

  close(): Promise<void> {
    return this.store.close();
  }

  private async atOneMoment<T>(work: (rows: Rows) => Promise<T>): Promise<T> {
    this.checkIsOutside();
    const answer = { isOver: false };
    try {
      return await this.store.atOneMoment((rows) => this.answers.run(answer, () => work(rows)));
    } finally {
      answer.isOver = true;
    }
  }

  /** A read that does not use the rows it was given is of another moment; in SQLite it would wait for itself. */
  private checkIsOutside(): void {
    if (this.answers.getStore()?.isOver === false) throw new Error('a read inside an answer has to use the rows that the answer was given');
  }

  /** When the first event was recorded that the answer does not include. */
  private async firstMissing({ position, ordinal }: Pick<Freshness, 'position' | 'ordinal'>): Promise<Instant | undefined> {
    const { events } = await this.log.readAll({ limit: 1, ...(position !== undefined && { after: position, afterOrdinal: ordinal }) });
    return events[0]?.recordedAt;
  }
}

export function incompleteSubjects(rows: Rows, readModel?: string): Promise<readonly Incomplete[]> {
  const columns = 'subject, read_model AS "readModel", event_id AS "eventId", ordinal, since, error';
  return readModel === undefined
    ? rows.all<Incomplete>(`SELECT ${columns} FROM quarantine ORDER BY ordinal, subject, read_model`)
    : rows.all<Incomplete>(`SELECT ${columns} FROM quarantine WHERE read_model = ? ORDER BY ordinal, subject`, [readModel]);
}

interface State {
  readonly position: string | null;
  readonly ordinal: number;
  readonly known_at: string | null;
  readonly stopped: string | null;
  readonly models: string;
  readonly incomplete: number;
}

async function stateOf(rows: Rows, readModels: readonly string[] | undefined) {
  const state = await rows.get<State>(
    `SELECT position, ordinal, known_at, stopped, models, (
       SELECT count(DISTINCT subject) FROM quarantine${readModels ? ` WHERE read_model ${inList('?')}` : ''}) AS incomplete
     FROM checkpoint, generation`,
    readModels ? [JSON.stringify(readModels)] : [],
  );
  const { position, ordinal, known_at, stopped, models, incomplete } = state!;
  return { position: position ?? undefined, ordinal, asOf: known_at ?? undefined, stopped: stopped !== null, models, incomplete };
}

const versionsIn = (models: string): Readonly<Record<string, number>> =>
  Object.fromEntries((JSON.parse(models) as { name: string; version: number }[]).map(({ name, version }) => [name, version]));
