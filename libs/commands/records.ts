import { LRUCache } from 'lru-cache';
import type { EventReader } from '#event-store';
import { idOfStream, personStream, type EventRegistry, type RecordedEvent } from '#kernel';
import { FoldedRecord, type RecordFold } from './record.js';

export interface RecordsOptions<State> {
  readonly reader: EventReader;
  readonly registry: EventRegistry;
  readonly fold: RecordFold<State>;
  /** Nobody else writes to this store, so what was folded is what is there; else it is asked each time. */
  readonly soleWriter?: boolean;
  /** Records kept folded. */
  readonly kept?: number;
}

const KEPT = 50_000;
const GROUPS = 0x10000;

/** Records kept in memory between commands. */
export class Records<State> {
  private readonly cache: LRUCache<string, FoldedRecord<State>>;
  /** How often people of a group were written to: a journey folded before the last time is not up to date. */
  private readonly writes = new Uint32Array(GROUPS);

  constructor(private readonly options: RecordsOptions<State>) {
    this.cache = new LRUCache({ max: options.kept ?? KEPT });
  }

  /**
   * @param person where the command names one; else the stream tells
   * @param fresh ask the store for what was added, even if nobody else writes
   */
  async load(stream: string, person?: string, fresh = false): Promise<FoldedRecord<State>> {
    const cached = this.cache.get(stream);
    if (!cached) return this.loadWhole(stream, person);
    const writes = this.writesTo(cached.person);
    if (this.options.soleWriter && !fresh && cached.writesSeen === writes) return cached;
    const [target, ofPerson] = await Promise.all([
      this.read(stream, cached.revision + 1),
      this.readPerson(stream, cached.person, cached.personRevision + 1),
    ]);
    cached.isOurs = target.length === 0;
    if (!cached.add({ target, person: ofPerson })) return this.loadWhole(stream, cached.person, cached.isOurs);
    cached.writesSeen = writes;
    return cached;
  }

  /**
   * What this process remembers, with what the person's stream has since: no revision guards that one. The target's own
   * is not asked. Undefined where nothing is remembered, or others were seen to write to it when it was last asked.
   */
  async kept(stream: string): Promise<FoldedRecord<State> | undefined> {
    const cached = this.options.soleWriter ? undefined : this.cache.get(stream);
    if (!cached?.isOurs) return undefined;
    const writes = this.writesTo(cached.person);
    const person = await this.readPerson(stream, cached.person, cached.personRevision + 1);
    if (!cached.add({ target: [], person })) return undefined;
    cached.writesSeen = writes;
    return cached;
  }

  /** Takes in what was just appended, so that the next command finds it folded. */
  appended(record: FoldedRecord<State>, target: readonly RecordedEvent[]): void {
    if (record.person !== undefined && record.stream === personStream(record.person))
      this.writes[groupOf(record.person)]!++;
    if (record.add({ target, person: [] })) this.cache.set(record.stream, record);
    else this.cache.delete(record.stream);
  }

  /** Entries as they were recorded, decoded; both revisions inclusive. */
  async between(stream: string, from: number, to: number): Promise<readonly RecordedEvent[]> {
    return to < from ? [] : this.read(stream, from, to - from + 1);
  }

  private async loadWhole(stream: string, hint: string | undefined, isOurs = true): Promise<FoldedRecord<State>> {
    const target = await this.read(stream, 0);
    const person = target[0]?.person ?? (stream.startsWith('person-') ? idOfStream(stream) : hint);
    const { fold, registry } = this.options;
    const writes = this.writesTo(person);
    const ofPerson = await this.readPerson(stream, person, 0);
    const record = new FoldedRecord(stream, person, fold, registry, { target, person: ofPerson });
    record.writesSeen = writes;
    record.isOurs = isOurs;
    if (target.length > 0) this.cache.set(stream, record);
    return record;
  }

  private writesTo(person: string | undefined): number {
    return person === undefined ? 0 : this.writes[groupOf(person)]!;
  }

  private async readPerson(
    stream: string,
    person: string | undefined,
    from: number,
  ): Promise<readonly RecordedEvent[]> {
    if (person === undefined || personStream(person) === stream) return [];
    return this.read(personStream(person), from);
  }

  private async read(stream: string, from: number, limit?: number): Promise<readonly RecordedEvent[]> {
    const events = await this.options.reader.readStream(stream, { from, ...(limit !== undefined && { limit }) });
    return events.map((event) => this.options.registry.decode(event));
  }
}

/** The first sixteen bits of a UUID. */
const groupOf = (person: string): number => parseInt(person.slice(0, 4), 16) % GROUPS || 0;
