import { EventStoreDBClient } from '@eventstore/db-client';
import { settled } from './timing.js';

/** What the client keeps protected and we need: its channel, to close it, and what the server says of itself. */
interface Inside {
  getChannel: () => Promise<{ close(): void }>;
  readonly capabilities: Promise<{ readonly serverVersion: string }>;
}

let opened = 0;

/**
 * Equal channels share one TCP connection inside gRPC, so a new client would inherit the dead connection of the one
 * it replaces. A keep-alive of its own tells each apart. The last of repeated parameters counts, so appends always
 * throw on failure: without, the client answers revision 1 whatever happened (event-sourcing 5.3, 8).
 */
const ownSettings = (connectionString: string): string => {
  const base = connectionString.trim().replace(/\/+$/, '');
  const apart = 10_000 + (opened++ % 10_000);
  return `${base}${base.includes('?') ? '&' : '?'}throwOnAppendFailure=true&keepAliveTimeout=${apart}`;
};

/** One client on one connection of its own, thrown away whole at the first sign of trouble. */
export class Session {
  readonly client: EventStoreDBClient;
  private readonly inside: Inside;
  private readonly ending = new AbortController();
  private channel: { close(): void } | undefined;

  constructor(connectionString: string) {
    this.client = EventStoreDBClient.connectionString(ownSettings(connectionString));
    this.inside = this.client as unknown as Inside;
    const open = this.inside.getChannel;
    // A call that is still on its way when its session has been given up must not open a second append stream behind
    // the new session's back: their shared map of pending appends would kill the process (event-sourcing 5.3, 9).
    this.inside.getChannel = async () => {
      this.ending.signal.throwIfAborted();
      this.channel = await open();
      return this.channel;
    };
  }

  /** Aborts when the session ends. The client itself leaves cancelled reads hanging without an error. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  async serverVersion(): Promise<string> {
    return (await this.inside.capabilities).serverVersion;
  }

  /** Cancels what is under way and closes the connection; resolves once no late answer can arrive any more. */
  async end(): Promise<void> {
    if (this.ending.signal.aborted) return;
    this.ending.abort(new Error('the connection to the event store was given up'));
    await settled(this.client.dispose(), 1_000);
    this.channel?.close();
  }
}
