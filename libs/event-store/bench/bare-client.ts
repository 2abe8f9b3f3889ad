/** The EventStoreDB client alone, without our adapter: what the figures of the cluster profile stand beside. */
import { jsonEvent, NO_STREAM, START, type EventStoreDBClient, type JSONEventData, type JSONType } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import type { NewEvent } from '#kernel';
import { readAddress, type EventStoreDbAddress } from '../eventstoredb/address.js';
import { Nodes } from '../eventstoredb/nodes.js';
import { clientOf } from '../eventstoredb/session.js';
import type { Run } from '../port.js';

/** As a system event: our readers leave it out, so the log that is measured stays the one that was copied. */
const TYPE = '$bench';

export class BareClient {
  private readonly client: EventStoreDBClient;

  constructor(address: EventStoreDbAddress) {
    const target = readAddress(address);
    this.client = clientOf(target, new Nodes(target));
  }

  /** Of the same size as ours would be: data, and the envelope as metadata. */
  async append(stream: string, expected: Run['expected'], events: readonly NewEvent[]): Promise<void> {
    const expectedRevision = typeof expected === 'number' ? BigInt(expected) : NO_STREAM;
    await this.client.appendToStream(stream, events.map(bareEvent), { expectedRevision, requiresLeader: true });
  }

  /** How many events the stream has from there on. */
  async readStream(stream: string, from: number): Promise<number> {
    let events = 0;
    for await (const _ of this.client.readStream(stream, { fromRevision: BigInt(from), requiresLeader: true })) events++;
    return events;
  }

  /** How many events the log has that are no system events. */
  async countAll(): Promise<number> {
    let events = 0;
    for await (const { event } of this.client.readAll({ fromPosition: START, requiresLeader: true })) {
      if (event && !event.type.startsWith('$')) events++;
    }
    return events;
  }

  close(): Promise<void> {
    return this.client.dispose();
  }
}

function bareEvent({ data, type: _, ...envelope }: NewEvent): JSONEventData {
  return jsonEvent({ id: randomUUID(), type: TYPE, data: data as JSONType, metadata: { ...envelope } as unknown as JSONType });
}
