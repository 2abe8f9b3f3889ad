/**
 * What a decision is made on: the target stream and, where it concerns a person, that person's stream, folded
 * together (DESIGN 3).
 */
import { effectiveHistory, type EventRegistry, type RecordedEvent } from '#kernel';
import { organisationsIn } from './organisations.js';

/** The same shape as a read model's fold: total, pure, never changes `state`. */
export interface RecordFold<State> {
  initial(subject: string): State;
  evolve(state: State, event: RecordedEvent): State;
}

/** Where a command that was executed lies in the stream. */
export interface Executed {
  readonly hash: string;
  readonly from: number;
  to: number;
}

/** Decoded events of both streams, each in order of revision. */
export interface Streams {
  readonly target: readonly RecordedEvent[];
  /** Empty where the target is the person's own stream, or concerns nobody. */
  readonly person: readonly RecordedEvent[];
}

export class FoldedRecord<State> {
  /** Of the target stream; -1 where it does not exist yet. */
  revision = -1;
  position: string | undefined;
  personRevision = -1;
  /** Of `Records`: how often the person's group had been written to when this was read. */
  writesSeen = 0;
  /** Of `Records`: nobody else had written to it when it was last asked for. */
  isOurs = true;
  /** The pilot whose business the stream is; a journey never changes pilot (DESIGN 4). */
  pilot: string | undefined;
  readonly executed = new Map<string, Executed>();
  /** Every organisation that has had a part. */
  readonly organisations = new Set<string>();
  state: State;
  /** Of the latest care folded: what happened before it cannot be folded on top. */
  private latest = '';
  /** When the last of the latest was recorded. */
  private arrived = '';

  constructor(
    readonly stream: string,
    readonly person: string | undefined,
    private readonly fold: RecordFold<State>,
    private readonly registry: EventRegistry,
    streams: Streams,
  ) {
    this.state = fold.initial(person ?? stream);
    const recorded = [...streams.person, ...streams.target].sort(byArrival);
    this.note(streams);
    for (const event of effectiveHistory(recorded, registry)) this.evolve(event);
  }

  /** False where these events change what was folded before: fold the whole record again. */
  add(streams: Streams): boolean {
    const fresh: Streams = {
      target: streams.target.filter(({ revision }) => revision > this.revision),
      person: streams.person.filter(({ revision }) => revision > this.personRevision),
    };
    const recorded = [...fresh.person, ...fresh.target].sort(byArrival);
    let { latest, arrived } = this;
    for (const { type, occurredAt, recordedAt } of recorded) {
      if (this.registry.definition(type).effect || occurredAt < latest) return false;
      // Of one moment, the one recorded first comes first; the two streams are not always read together.
      if (occurredAt === latest && recordedAt < arrived) return false;
      [latest, arrived] = [occurredAt, recordedAt];
    }
    this.note(fresh);
    for (const event of recorded) this.evolve(event);
    return true;
  }

  private evolve(event: RecordedEvent): void {
    this.state = this.fold.evolve(this.state, event);
    if (event.occurredAt < this.latest) return;
    this.latest = event.occurredAt;
    this.arrived = event.recordedAt;
  }

  private note({ target, person }: Streams): void {
    for (const event of target) {
      this.pilot ??= event.pilot;
      this.revision = event.revision;
      this.position = event.position;
      const executed = this.executed.get(event.commandId);
      if (executed) executed.to = event.revision;
      else this.executed.set(event.commandId, { hash: event.commandHash, from: event.revision, to: event.revision });
    }
    for (const event of person) this.personRevision = event.revision;
    for (const event of [...target, ...person]) {
      if (event.actor.role !== 'system') this.organisations.add(event.actor.organisation);
      organisationsIn(event.data, this.organisations);
    }
  }
}

/** Ordinals where the store counts them, else the moment of recording. */
const byArrival = (a: RecordedEvent, b: RecordedEvent): number =>
  a.ordinal - b.ordinal || (a.recordedAt < b.recordedAt ? -1 : a.recordedAt > b.recordedAt ? 1 : 0);
