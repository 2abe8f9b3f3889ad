/**
 * The port over tables that several processes share: for a log of little traffic, such as who looked at what. Appends
 * of all processes take turns, so there is one order, without gaps.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database, Place, Queries } from '#database';
import type { NewEvent, RecordedEvent } from '#kernel';
import { checkAppend, judgeAppend } from '../append-rules.js';
import { parseStored, storedJson } from '../event-json.js';
import { follow, type Bell } from '../follow.js';
import {
  IdConflictError, InvalidAppendError, StoreUnavailableError, WrongRevisionError,
  type Appended, type EventStore, type Expected, type Head, type Page, type Position, type ReadAllOptions,
  type ReadStreamOptions, type SubscribeOptions,
} from '../port.js';
import { checkReadAll, checkReadStream, ordinalOf } from '../read-rules.js';
import { subjectHash, subjectOf } from '../subject.js';
import { keptOfLog, type LogTables } from './tables.js';

/** Rows of one statement. */
const AT_ONCE = 500;
/** Milliseconds between two looks for what other processes appended. */
const LOOK_EVERY = 100;

export const openKeptEventStore = async (place: Place): Promise<EventStore> => new KeptEventStore(await place.open(keptOfLog));

type Stored = Pick<LogTables['event'], 'ordinal' | 'body'>;
const recorded = ({ ordinal, body }: Stored): RecordedEvent => parseStored(body, ordinal);

class KeptEventStore implements EventStore {
  private readonly queries: Queries<LogTables>;
  private readonly bell = new Looking();

  constructor(private readonly database: Database<LogTables>) {
    this.queries = database.queries;
  }

  async append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended> {
    const encoded = checkAppend(stream, expected, events);
    try {
      return await this.database.alone(async (queries) => {
        const there = await eventsWithIds(queries, stream, events.map(({ eventId }) => eventId));
        const head = await lastOf(queries, 'revision', stream);
        const repeated = judgeAppend(stream, expected, events, head ?? -1, there);
        if (repeated) return repeated;
        const [before, first] = [(await lastOf(queries, 'ordinal')) ?? 0, (head ?? -1) + 1];
        const rows = events.map((event, i) => ({
          ordinal: before + 1 + i,
          stream,
          revision: first + i,
          event_id: event.eventId,
          subject: subjectHash(subjectOf({ ...event, stream })),
          body: storedJson(encoded[i]!, first + i),
        }));
        for (let from = 0; from < rows.length; from += AT_ONCE)
          await queries.insertInto('event').values(rows.slice(from, from + AT_ONCE)).execute();
        const last = rows.at(-1)!;
        return { revision: last.revision, position: String(last.ordinal), repeated: false };
      });
    } catch (error) {
      const isAnswer = [WrongRevisionError, IdConflictError, InvalidAppendError].some((kind) => error instanceof kind);
      throw isAnswer ? error : new StoreUnavailableError('the database did not take it', { cause: error });
    } finally {
      this.bell.ring();
    }
  }

  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly RecordedEvent[]> {
    checkReadStream(options);
    const { from = 0, limit } = options;
    const found = this.queries
      .selectFrom('event')
      .select(['ordinal', 'body'])
      .where('stream', '=', stream)
      .where('revision', '>=', from)
      .orderBy('revision');
    return (await (limit === undefined ? found : found.limit(limit)).execute()).map(recorded);
  }

  async readAll(options: ReadAllOptions): Promise<Page> {
    checkReadAll(options);
    const { after, limit, toOrdinal, part } = options;
    const from = after === undefined ? 0 : ordinalOf(after);
    const head = (await lastOf(this.queries, 'ordinal')) ?? 0;
    const end = Math.max(from, Math.min(head, toOrdinal ?? head));
    const upTo = this.queries
      .selectFrom('event')
      .select(['ordinal', 'body'])
      .where('ordinal', '>', from)
      .where('ordinal', '<=', end)
      .orderBy('ordinal')
      .limit(limit);
    const rows = await (part ? upTo.where(sql<boolean>`subject % ${sql.lit(part.of)} = ${sql.lit(part.index)}`) : upTo).execute();
    const ordinal = rows.length < limit ? end : rows.at(-1)!.ordinal;
    const next = ordinal === 0 ? undefined : { position: String(ordinal), ordinal };
    return { events: rows.map(recorded), next, atHead: ordinal >= head };
  }

  subscribe(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]> {
    return follow(this, this.bell, options);
  }

  async head(): Promise<Head> {
    const ordinal = await lastOf(this.queries, 'ordinal');
    return ordinal === undefined ? { ordinal: 0 } : { ordinal, position: String(ordinal) };
  }

  comparePositions(a: Position, b: Position): number {
    return ordinalOf(a) - ordinalOf(b);
  }

  close(): Promise<void> {
    return this.database.close();
  }
}

/** Undefined where there is nothing. */
async function lastOf(queries: Queries<LogTables>, column: 'ordinal' | 'revision', stream?: string): Promise<number | undefined> {
  const ordered = queries.selectFrom('event').select(column).orderBy(column, 'desc').limit(1);
  const row = await (stream === undefined ? ordered : ordered.where('stream', '=', stream)).executeTakeFirst();
  return row?.[column];
}

async function eventsWithIds(
  queries: Queries<LogTables>,
  stream: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RecordedEvent>> {
  const found = new Map<string, RecordedEvent>();
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const rows = await queries
      .selectFrom('event')
      .select(['ordinal', 'body'])
      .where('stream', '=', stream)
      .where('event_id', 'in', ids.slice(from, from + AT_ONCE))
      .execute();
    for (const event of rows.map(recorded)) found.set(event.eventId, event);
  }
  return found;
}

/** Nobody tells of what other processes append: a subscription looks. */
class Looking implements Bell {
  rings = 0;
  private readonly sleepers = new Set<AbortController>();

  ring(): void {
    this.rings++;
    for (const sleeper of this.sleepers) sleeper.abort();
  }

  async wait(seen: number, signal: AbortSignal): Promise<void> {
    if (this.rings > seen || signal.aborted) return;
    const sleeper = new AbortController();
    this.sleepers.add(sleeper);
    await sleep(LOOK_EVERY, undefined, { signal: AbortSignal.any([signal, sleeper.signal]) }).catch(() => undefined);
    this.sleepers.delete(sleeper);
  }
}
