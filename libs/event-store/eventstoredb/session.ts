import { EventStoreDBClient } from '@eventstore/db-client';
import type { Target } from './address.js';
import { SessionEndedError } from './errors.js';
import { Nodes } from './nodes.js';
import { decodeEvents, type Decode } from './read-answers.js';
import { settled } from './timing.js';

type StreamCreator = (service: Service, name: string, open: (client: unknown) => unknown, cache?: unknown) => unknown;

interface Service {
  readonly service: Readonly<Record<'read', ReadMethod>>;
}

interface ReadMethod {
  readonly path: string;
  readonly requestSerialize: unknown;
  readonly responseDeserialize: Decode;
}

interface Caller {
  makeServerStreamRequest(path: string, serialize: unknown, decode: Decode, ...call: readonly unknown[]): unknown;
}

type Listener = (...args: unknown[]) => void;

interface Channel {
  close(): void;
  /** `dns:127.0.0.1:2113` */
  getTarget(): string;
}

interface CallStream {
  listeners(event: 'data'): unknown[];
  removeAllListeners(event: 'data'): void;
  on(event: 'data', listener: Listener): void;
  write: (...args: unknown[]) => boolean;
}

/** What the client keeps protected and we need. */
interface Inside {
  getChannel: () => Promise<Channel>;
  GRPCStreamCreator: StreamCreator;
  readonly capabilities: Promise<{ readonly serverVersion: string }>;
}

let opened = 0;

/**
 * Made of parts and not of a connection string, which the client would write into its own debugging output with the
 * password in it. Equal channels share one TCP connection inside gRPC, so a new client would inherit the dead
 * connection of the one it replaces: a keep-alive of its own tells each apart. Appends always throw on failure:
 * without, the client answers revision 1 whatever happened (pitfall P8).
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
  private channel: Channel | undefined;

  constructor(target: Target, private readonly nodes = new Nodes(target)) {
    this.client = clientOf(target, nodes);
    this.inside = this.client as unknown as Inside;
    this.refuseLateCalls();
    this.mendCalls();
  }

  /** Aborts when the session ends. The client itself leaves cancelled reads hanging without an error. */
  get signal(): AbortSignal {
    return this.ending.signal;
  }

  async serverVersion(): Promise<string> {
    return (await this.inside.capabilities).serverVersion;
  }

  /** Whoever comes next asks another node first. */
  blame(): void {
    const node = this.channel?.getTarget().replace(/^dns:/, '');
    if (node) this.nodes.failedAt(node);
  }

  /** Cancels what is under way and closes the connection; resolves once no answer can arrive any more. */
  async end(): Promise<void> {
    if (this.ending.signal.aborted) return;
    this.ending.abort(new SessionEndedError('the connection to the event store was given up'));
    await settled(this.client.dispose(), 1_000);
    this.channel?.close();
  }

  /**
   * A call still on its way when its session is given up must not open a second append stream behind the back of the
   * next session: the two would share the client's one map of pending appends (pitfall P9).
   */
  private refuseLateCalls(): void {
    const open = this.inside.getChannel;
    this.inside.getChannel = async () => {
      this.ending.signal.throwIfAborted();
      this.channel = await open();
      return this.channel;
    };
  }

  private mendCalls(): void {
    const create = this.inside.GRPCStreamCreator;
    this.inside.GRPCStreamCreator = (service, name, open, cache) => {
      if (reads.has(name)) return create(service, name, (client) => open(takingEventsApart(service, client)), cache);
      if (name !== 'appendToStream') return create(service, name, open, cache);
      return create(service, name, (client) => neverFull(forgiving(open(client) as CallStream)), cache);
    };
  }
}

const reads: ReadonlySet<string> = new Set(['readAll', 'readStream', 'subscribeToAll']);

/** In place of the client's stub, for calls that read: the same call with our own decoding. */
function takingEventsApart({ service: { read } }: Service, client: unknown) {
  const decode = decodeEvents(read.responseDeserialize);
  return {
    read: (...call: readonly unknown[]) =>
      (client as Caller).makeServerStreamRequest(read.path, read.requestSerialize, decode, ...call),
  };
}

/**
 * From 16 writes waiting, the stream says that it is full. The client then queues what follows, and when the connection
 * breaks each write in that queue is a rejection that nobody handles, which ends the process. How many wait is bounded
 * by those who append (`IN_FLIGHT`), so the stream need not say so.
 */
function neverFull(stream: CallStream): CallStream {
  const write = stream.write.bind(stream);
  stream.write = (...args) => {
    write(...args);
    return true;
  };
  return stream;
}

/**
 * The server answers a request it refused a second time, as timed out, some seconds later; and it may answer an
 * append whose promise an error has settled. The client then takes `undefined` apart inside an event handler and
 * kills the process. Such an answer is nobody's: dropped.
 */
function forgiving(stream: CallStream): CallStream {
  const handlers = stream.listeners('data') as Listener[];
  stream.removeAllListeners('data');
  stream.on('data', (answer) => {
    try {
      for (const handle of handlers) handle(answer);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  });
  return stream;
}
