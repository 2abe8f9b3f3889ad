import {
  convertToCommandError, StreamsService, type CallArguments, type CallStatus, type Channel, type Inside,
} from './client-inside.js';
import { recordIn, type LogRecord } from './record.js';
import { logReadRequest, streamReadRequest, type LogPage } from './requests.js';

const { path } = StreamsService.read;
const CANCELLED = 1;

export type Take<T> = (message: Buffer) => T | undefined;

/**
 * Reads of pages, by gRPC's own calls: the streams of Node that the client puts on top, two for each call, cost as much as
 * a call of few events, and half of what an event costs where there are many.
 */
export class PageReads {
  private args: CallArguments | undefined;
  private readonly open = new Set<(reason: Error) => void>();
  private ended: Error | undefined;

  constructor(private readonly inside: Inside) {}

  /**
   * At most so many events of one stream from a revision on; none where the stream does not exist.
   * @param alive called with each answer of the server
   * @throws what the client would throw
   */
  ofStream(stream: string, from: number, maxCount: number, alive: () => void): Promise<LogRecord[]> {
    return this.read(streamReadRequest(stream, from, maxCount), alive, recordIn);
  }

  /**
   * Events of the log; otherwise as `ofStream`.
   * @param take what is wanted of a message; undefined for what is no event
   */
  ofLog<T>(page: LogPage, alive: () => void, take: Take<T>): Promise<T[]> {
    return this.read(logReadRequest(page), alive, take);
  }

  /** Ends all that are under way, and all to come. */
  end(reason: Error): void {
    this.ended = reason;
    for (const stop of this.open) stop(reason);
  }

  private async read<T>(request: Buffer, alive: () => void, take: Take<T>): Promise<T[]> {
    const channel = await this.inside.getChannel();
    if (this.ended) throw this.ended;
    return new Promise((resolve, reject) => {
      const taken: T[] = [];
      const onMessage = (message: Buffer) => {
        alive();
        const one = take(message);
        if (one) taken.push(one);
      };
      this.call(channel, request, onMessage, () => resolve(taken), reject);
    });
  }

  private call(
    channel: Channel, request: Buffer, onMessage: (message: Buffer) => void, resolve: () => void, reject: (why: unknown) => void,
  ): void {
    const [metadata, { credentials }] = (this.args ??= this.inside.callArguments({ requiresLeader: true }, { deadline: Infinity }));
    const call = channel.createCall(path, Infinity, undefined, null, undefined);
    if (credentials) call.setCredentials(credentials);
    const stop = (reason: unknown): void => {
      this.open.delete(stop);
      reject(reason);
      call.cancelWithStatus(CANCELLED, 'Cancelled on client');
    };
    this.open.add(stop);
    call.start(metadata, {
      onReceiveMetadata: () => undefined,
      onReceiveMessage: (message) => {
        try {
          onMessage(message);
          call.startRead();
        } catch (error) {
          stop(error);
        }
      },
      onReceiveStatus: (status) => {
        this.open.delete(stop);
        if (status.code === 0) return resolve();
        const error = errorOf(status);
        // Looks for another leader; what that fails with the next call is told.
        this.inside.handleError({ getChannel: () => channel }, error).catch(() => undefined);
        reject(convertToCommandError(error));
      },
    });
    call.sendMessageWithContext({}, request);
    call.halfClose();
    call.startRead();
  }
}

/** As gRPC makes it. */
const errorOf = ({ code, details, metadata }: CallStatus): Error =>
  Object.assign(new Error(`${code}: ${details}`), { code, details, metadata });
