import type { Position as LogPosition } from '@eventstore/db-client';
import {
  convertGrpcEvent, convertToCommandError, StreamsService, type CallArguments, type CallStatus, type Channel, type Inside,
} from './client-inside.js';
import { decodeEvents } from './read-answers.js';
import type { LogRecord } from './record.js';
import { logReadRequest, streamReadRequest } from './requests.js';

const { path, responseDeserialize } = StreamsService.read;
const decode = decodeEvents(responseDeserialize) as (bytes: Buffer) => Answer;

/** `ReadResp`, by the client's class or ours, which knows events only. */
interface Answer {
  hasEvent(): boolean;
  getEvent(): Parameters<typeof convertGrpcEvent>[0];
}

const CANCELLED = 1;

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
    return this.read(streamReadRequest(stream, from, maxCount), alive);
  }

  /** At most so many of the log, from the one at a position on or from the first. Otherwise as `ofStream`. */
  ofLog(from: LogPosition | undefined, maxCount: number, alive: () => void): Promise<LogRecord[]> {
    return this.read(logReadRequest(from, maxCount), alive);
  }

  /** Ends all that are under way, and all to come. */
  end(reason: Error): void {
    this.ended = reason;
    for (const stop of this.open) stop(reason);
  }

  private async read(request: Buffer, alive: () => void): Promise<LogRecord[]> {
    const channel = await this.inside.getChannel();
    if (this.ended) throw this.ended;
    return new Promise((resolve, reject) => this.call(channel, request, alive, resolve, reject));
  }

  private call(
    channel: Channel, request: Buffer, alive: () => void, resolve: (records: LogRecord[]) => void, reject: (why: unknown) => void,
  ): void {
    const records: LogRecord[] = [];
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
        alive();
        try {
          const record = recordIn(decode(message));
          if (record) records.push(record);
          call.startRead();
        } catch (error) {
          stop(error);
        }
      },
      onReceiveStatus: (status) => {
        this.open.delete(stop);
        if (status.code === 0) return resolve(records);
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

/** Undefined for what is no event, such as that there is no such stream. */
function recordIn(answer: Answer): LogRecord | undefined {
  return answer.hasEvent() ? (convertGrpcEvent(answer.getEvent()).event as LogRecord | undefined) : undefined;
}

/** As gRPC makes it. */
const errorOf = ({ code, details, metadata }: CallStatus): Error =>
  Object.assign(new Error(`${code}: ${details}`), { code, details, metadata });
