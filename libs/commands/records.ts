import { LRUCache } from 'lru-cache';
import type { EventReader } from '#event-store';
import { idOfStream, personStream, type EventRegistry, type RecordedEvent } from '#kernel';
import { FoldedRecord, type RecordFold } from './record.js';

export interface RecordsOptions<State> {
  readonly reader: EventReader;
  readonly registry: EventRegistry;
  readonly fold: RecordFold<State>;
  /** Records kept folded. */
  readonly kept?: number;
}

const KEPT = 50_000;

/** Records kept in memory between commands; the store is asked each time for what was added since. */
export class Records<State> {
  private readonly cache: LRUCache<string, FoldedRecord<State>>;

  constructor(private readonly options: RecordsOptions<State>) {
    this.cache = new LRUCache({ max: options.kept ?? KEPT });
  }

  /** @param person where the command names one; else the stream tells */
  async load(stream: string, person?: string): Promise<FoldedRecord<State>> {
    const cached = this.cache.get(stream);
    if (!cached) return this.loadWhole(stream, person);
    const [target, ofPerson] = await Promise.all([
      this.read(stream, cached.revision + 1),
      this.readPerson(stream, cached.person, cached.personRevision + 1),
    ]);
    if (target.length + ofPerson.length === 0 || cached.add({ target, person: ofPerson })) return cached;
    return this.loadWhole(stream, cached.person);
  }

  /** Takes in what was just appended, so that the next command finds it folded. */
  appended(record: FoldedRecord<State>, target: readonly RecordedEvent[]): void {
    if (record.add({ target, person: [] })) this.cache.set(record.stream, record);
    else this.cache.delete(record.stream);
  }

  /** Entries as they were recorded, decoded; both revisions inclusive. */
  async between(stream: string, from: number, to: number): Promise<readonly RecordedEvent[]> {
    return to < from ? [] : this.read(stream, from, to - from + 1);
  }

  private async loadWhole(stream: string, hint: string | undefined): Promise<FoldedRecord<State>> {
    const target = await this.read(stream, 0);
    const person = target[0]?.person ?? (stream.startsWith('person-') ? idOfStream(stream) : hint);
    const { fold, registry } = this.options;
    const ofPerson = await this.readPerson(stream, person, 0);
    const record = new FoldedRecord(stream, person, fold, registry, { target, person: ofPerson });
    if (target.length > 0) this.cache.set(stream, record);
    return record;
  }

  private async readPerson(stream: string, person: string | undefined, from: number): Promise<readonly RecordedEvent[]> {
    if (person === undefined || personStream(person) === stream) return [];
    return this.read(personStream(person), from);
  }

  private async read(stream: string, from: number, limit?: number): Promise<readonly RecordedEvent[]> {
    const events = await this.options.reader.readStream(stream, { from, ...(limit !== undefined && { limit }) });
    return events.map((event) => this.options.registry.decode(event));
  }
}
