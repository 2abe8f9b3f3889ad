import { EventStoreDBClient } from '@eventstore/db-client';
import type { Target } from './address.js';
import { Appends, type Written } from './appends.js';
import type { Channel, Inside } from './client-inside.js';
import { SessionEndedError } from './errors.js';
import { Nodes } from './nodes.js';
import { PageReads, type Take } from './page-reads.js';
import { decodeEvents, type Decode } from './read-answers.js';
import type { LogRecord } from './record.js';
import type { Append, LogPage } from './requests.js';
import { settled } from './timing.js';

interface Caller {
  makeServerStreamRequest(path: string, serialize: unknown, decode: Decode, ...call: readonly unknown[]): unknown;
}

interface Service {
  readonly service: { readonly read: { readonly path: string; readonly requestSerialize: unknown; readonly responseDeserialize: Decode } };
}

let opened = 0;

/**
 * Made of parts and not of a connection string, which the client would write into its own debugging output with the
 * password in it. Equal channels share one TCP connection inside gRPC, so a new client would inherit the dead
 * connection of the one it replaces: a keep-alive of its own tells each apart. The client's own appends, which only the
 * bench makes, always throw on failure: without, it answers revision 1 whatever happened (pitfall P8).
 */
export function clientOf({ discover, secure, ca, credentials, options }: Target, nodes: Nodes): EventStoreDBClient {
  const [first, ...others] = nodes.toAsk();
  if (!first) throw new Error('an address has a node');
  const settings = {
    ...options, nodePreference: 'leader', throwOnAppendFailure: true, keepAliveTimeout: 10_000 + (opened++ % 10_000),
  } as const;
  const tls = { insecure: !secure, ...(ca && { rootCertificate: ca }) };
  if (discover) return new EventStoreDBClient({ ...settings, discover: first }, tls, credentials);
  if (nodes.all > 1) return new EventStoreDBClient({ ...settings, endpoints: [first, ...others] }, tls, credentials);
  return new EventStoreDBClient({ ...settings, endpoint: first }, tls, credentials);
}

/** One client on one connection of its own, thrown away whole at the first sign of trouble. */
export class Session {
  readonly client: EventStoreDBClient;
  private readonly inside: Inside;
  private readonly ending = new AbortController();
  private readonly appends: Appends;
  private readonly reads: PageReads;
  private channel: Channel | undefined;

  constructor(target: Target, private readonly nodes = new Nodes(target)) {
    this.client = clientOf(target, nodes);
    this.inside = this.client as unknown as Inside;
    this.appends = new Appends(this.inside);
    this.reads = new PageReads(this.inside);
    this.refuseLateCalls();
    this.readByHand();
  }

  /** Aborts when the session ends. The client itself leaves cancelled reads hanging without an error. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  async serverVersion(): Promise<string> {
    return (await this.inside.capabilities).serverVersion;
  }

  /** As `Appends` says. */
  append(append: Append, patience?: number): Promise<Written> {
    return this.appends.append(append, patience);
  }

  /** As `PageReads` says. */
  streamPage(stream: string, from: number, maxCount: number, alive: () => void): Promise<LogRecord[]> {
    return this.reads.ofStream(stream, from, maxCount, alive);
  }

  /** As `PageReads` says. */
  logPage<T>(page: LogPage, alive: () => void, take: Take<T>): Promise<T[]> {
    return this.reads.ofLog(page, alive, take);
  }

  /** Whoever comes next asks another node first. */
  blame(): void {
    const node = this.channel?.getTarget().replace(/^dns:/, '');
    if (node) this.nodes.failedAt(node);
  }

  /** Cancels what is under way and closes the connection; resolves once no answer can arrive any more. */
  async end(): Promise<void> {
    if (this.ending.signal.aborted) return;
    const reason = new SessionEndedError('the connection to the event store was given up');
    this.ending.abort(reason);
    this.reads.end(reason);
    this.appends.end(reason);
    await settled(this.client.dispose(), 1_000);
    this.channel?.close();
  }

  /**
   * A call still on its way when its session is given up must not write behind the back of the next session.
   */
  private refuseLateCalls(): void {
    const open = this.inside.getChannel;
    this.inside.getChannel = async () => {
      this.ending.signal.throwIfAborted();
      this.channel = await open();
      return this.channel;
    };
  }

  /** What a subscription is sent. */
  private readByHand(): void {
    const create = this.inside.GRPCStreamCreator;
    this.inside.GRPCStreamCreator = (service, name, open, cache) =>
      name === 'subscribeToAll' ? create(service, name, (client) => open(takingEventsApart(service as Service, client)), cache)
        : create(service, name, open, cache);
  }
}

/** In place of the client's stub, for a call that reads: the same call with our own decoding. */
function takingEventsApart({ service: { read } }: Service, client: unknown) {
  const decode = decodeEvents(read.responseDeserialize);
  return {
    read: (...call: readonly unknown[]) =>
      (client as Caller).makeServerStreamRequest(read.path, read.requestSerialize, decode, ...call),
  };
}
