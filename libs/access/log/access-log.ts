/**
 * Writes reads down before they are shown. Reads that arrive while one append is under way go together into the
 * next: however many people look at once, one flush to disk serves them.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Subject, type Observable } from 'rxjs';
import { StoreUnavailableError, WrongRevisionError, type EventStore, type Expected } from '#event-store';
import {
  civilDate, EventRegistry, eventIdOf, systemClock, type Actor, type Clock, type NewEvent, type Purpose,
} from '#kernel';
import type { EmergencyEvent } from './emergency-events.js';
import { accessEvents, type AccessEvent, type ByLink, type Served } from './events.js';
import { headOf } from './head-of.js';

/** Who looked, why and from where; the same for every kind of access. */
export interface AccessBy {
  readonly actor: Actor;
  readonly purpose: Purpose;
  /** The page or query. */
  readonly page: string;
  /** Of the request, so that the log of requests and this one meet. */
  readonly correlationId: string;
  /** `web` or `api`. */
  readonly source: string;
}

export interface Viewed extends AccessBy {
  readonly people: readonly string[];
  readonly journey?: string;
  readonly shown: 'identified' | 'pseudonymous';
  readonly served: Served;
  /** The emergency access without which it would not have been shown. */
  readonly emergency?: string;
  /** The one-use link through which it is shown. */
  readonly answerLink?: ByLink;
}

export interface Searched extends AccessBy {
  /** `likeness`: of somebody new, whom else they might be. */
  readonly by: 'nhsNumber' | 'surnameAndBirthDate' | 'likeness';
  /** Those found. */
  readonly people: readonly string[];
}

export interface Opened extends AccessBy {
  readonly figure: string;
  readonly people: readonly string[];
  readonly served: Served;
}

export interface RefusedRead extends AccessBy {
  /** kebab-case */
  readonly code: string;
  readonly journey?: string;
  /** Where known. */
  readonly people?: readonly string[];
}

export interface AccessLogOptions {
  /** The second store, `access.db`. */
  readonly store: EventStore;
  /** Names this node's streams; unlike that of any other node. */
  readonly node: string;
  /** The vault's keyed hash. */
  readonly commandHash: (content: unknown) => string;
  /** True on a demo store. */
  readonly synthetic: boolean;
  /** The real one. */
  readonly clock?: Clock;
}

interface Waiting {
  readonly event: NewEvent;
  readonly durable: () => void;
  readonly failed: (error: unknown) => void;
}

const MAX_BATCH = 200;
/** Well under the store's largest append. */
const MAX_BATCH_BYTES = 500_000;
const ATTEMPTS = 5;
/** Milliseconds, times the attempt. */
const PAUSE = 20;

/** Every promise resolves once the event is durable, and rejects where it is not: then nothing may be shown. */
export class AccessLog {
  private readonly registry = new EventRegistry(accessEvents);
  private readonly clock: Clock;
  private waiting: Waiting[] = [];
  private writing: Promise<void> | undefined;
  private stream: { readonly name: string; head: Expected } | undefined;
  private readonly emergencies = new Subject<EmergencyEvent>();
  /** What was done here about emergency access, once it is durable; what other nodes did is not told. */
  readonly emergencies$: Observable<EmergencyEvent> = this.emergencies;

  constructor(private readonly options: AccessLogOptions) {
    this.clock = options.clock ?? systemClock;
  }

  viewed({ people, journey, shown, served, emergency, answerLink, ...by }: Viewed): Promise<void> {
    const about = { page: by.page, ...(journey && { journey }), people: [...people] };
    const data = { ...about, shown, served, ...(emergency && { emergency }), ...(answerLink && { answerLink }) };
    return this.record(by, { type: 'RecordViewed', data });
  }

  searched({ by: searchedBy, people, ...by }: Searched): Promise<void> {
    return this.record(by, { type: 'RecordSearched', data: { page: by.page, by: searchedBy, people: [...people] } });
  }

  figureOpened({ figure, people, served, ...by }: Opened): Promise<void> {
    return this.record(by, { type: 'FigureOpened', data: { page: by.page, figure, people: [...people], served } });
  }

  refused({ code, journey, people = [], ...by }: RefusedRead): Promise<void> {
    const data = { page: by.page, ...(journey && { journey }), code, people: [...people] };
    return this.record(by, { type: 'AccessRefused', data });
  }

  /** What is done about emergency access: opened, ended, reviewed. */
  async emergency(by: AccessBy, event: EmergencyEvent): Promise<void> {
    await this.record(by, event);
    this.emergencies.next(event);
  }

  signedIn({ session, ...by }: AccessBy & { readonly session: string }): Promise<void> {
    return this.record(by, { type: 'SignedIn', data: { session } });
  }

  signedOut({ session, ...by }: AccessBy & { readonly session: string }): Promise<void> {
    return this.record(by, { type: 'SignedOut', data: { session } });
  }

  /** Resolves when nothing is being written; the store stays the caller's. */
  async close(): Promise<void> {
    while (this.writing) await this.writing;
  }

  private async record(
    { actor, purpose, correlationId, source }: AccessBy,
    { type, data }: AccessEvent,
  ): Promise<void> {
    const problems = this.registry.problems(type, data);
    if (problems.length > 0) throw new TypeError(`${type}: ${problems.join('; ')}`);
    const now = this.clock.now();
    const commandId = randomUUID();
    const [person, ...others] = 'people' in data ? data.people : [];
    const event: NewEvent = {
      eventId: eventIdOf(commandId, 0),
      type,
      schemaVersion: this.registry.definition(type).version,
      ...(person && others.length === 0 && { person }),
      ...(actor.pilot && { pilot: actor.pilot }),
      occurredAt: now,
      precision: 'second',
      recordedAt: now,
      actor,
      purpose,
      commandId,
      commandHash: this.options.commandHash(data),
      correlationId,
      source,
      synthetic: this.options.synthetic,
      data,
    };
    return new Promise((durable, failed) => {
      this.waiting.push({ event, durable, failed });
      this.writing ??= this.write();
    });
  }

  private async write(): Promise<void> {
    // Requests that are handled in this turn of the loop go into the first batch together.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const batch = this.nextBatch();
      try {
        await this.append(this.streamOf(batch[0]!.event), batch.map(({ event }) => event));
        batch.forEach(({ durable }) => durable());
      } catch (error) {
        batch.forEach(({ failed }) => failed(error));
      }
    }
    this.writing = undefined;
  }

  /** The first of those waiting, as many as belong to one stream and one append. */
  private nextBatch(): readonly Waiting[] {
    const name = this.streamOf(this.waiting[0]!.event);
    let bytes = 0;
    let count = 0;
    for (const { event } of this.waiting) {
      bytes += JSON.stringify(event).length;
      if (count > 0 && (count === MAX_BATCH || bytes > MAX_BATCH_BYTES || this.streamOf(event) !== name)) break;
      count++;
    }
    return this.waiting.splice(0, count);
  }

  private async append(name: string, events: readonly NewEvent[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        if (this.stream?.name !== name) this.stream = { name, head: await headOf(this.options.store, name) };
        const { revision } = await this.options.store.append(name, this.stream.head, events);
        this.stream.head = revision;
        return;
      } catch (error) {
        const again = error instanceof WrongRevisionError || error instanceof StoreUnavailableError;
        if (!again || attempt === ATTEMPTS) {
          this.stream = undefined;
          throw error;
        }
        // After an unknown outcome the same append at the same revision is answered as the first time.
        if (error instanceof StoreUnavailableError) await sleep(PAUSE * attempt);
        else this.stream = undefined;
      }
    }
  }

  private streamOf(event: NewEvent): string {
    return `access-${civilDate(event.recordedAt)}-${this.options.node}`;
  }
}
