import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { Position as LogPosition } from '@eventstore/db-client';
import {
  convertToCommandError, parseUUID, StreamsClient, StreamsService, unpackToCommandError, type CallArguments, type Inside,
} from './client-inside.js';
import { SessionEndedError } from './errors.js';
import { appendRequest, type Append } from './requests.js';

/** The server's own for an append: far beyond ours, so that it never answers a call we have given up. */
const SERVER_PATIENCE = 120_000;

const { path, responseDeserialize } = StreamsService.batchAppend;
const asItIs = (bytes: Buffer): Buffer => bytes;

type Answer = ReturnType<typeof responseDeserialize>;

interface Stub {
  makeBidiStreamRequest(
    path: string, serialize: (bytes: Buffer) => Buffer, deserialize: (bytes: Buffer) => Answer, ...args: CallArguments
  ): Duplex;
}

export interface Written {
  /** Of the last event. */
  readonly revision: bigint;
  readonly position: LogPosition | undefined;
}

interface Waiting {
  readonly stream: string;
  resolve(written: Written): void;
  reject(why: unknown): void;
}

/** @throws what the client would throw, also where the answer cannot be read */
function writtenIn(answer: Answer, stream: string): Written {
  const success = answer.getSuccess();
  if (!success) throw unpackToCommandError(answer.getError()!, stream);
  const at = success.getPosition();
  return {
    revision: BigInt(success.getCurrentRevision()),
    position: at && { commit: BigInt(at.getCommitPosition()), prepare: BigInt(at.getPreparePosition()) },
  };
}

/**
 * The appends of one connection, on one call: the server writes them in the order in which they are given. The client's
 * own keep what waits in one map for the whole process, and a broken connection of one client rejects the appends of
 * all (docs/event-store-eventstoredb.md); these know their own only.
 */
export class Appends {
  private readonly waiting = new Map<string, Waiting>();
  private call: Promise<Duplex> | undefined;
  private ended: Error | undefined;

  constructor(private readonly inside: Inside) {}

  /**
   * @param patience of the server, in milliseconds
   * @throws what the client would throw: WrongExpectedVersionError …
   */
  async append(append: Append, patience = SERVER_PATIENCE): Promise<Written> {
    const opened = (this.call ??= this.open());
    const call = await opened;
    if (this.ended) throw this.ended;
    if (this.call !== opened) throw new SessionEndedError('the connection broke before the append was sent');
    const correlation = randomUUID();
    const request = appendRequest(append, correlation, Date.now() + patience);
    return new Promise((resolve, reject) => {
      this.waiting.set(correlation, { stream: append.stream, resolve, reject });
      // That the call says it is full is no matter: those who append bound how much waits.
      call.write(request);
    });
  }

  /** No answer is taken any more. */
  end(reason: Error): void {
    this.ended = reason;
    this.broken(reason);
  }

  private async open(): Promise<Duplex> {
    const args = this.inside.callArguments({ requiresLeader: true }, { deadline: Infinity });
    try {
      return await this.inside.GRPCStreamCreator(StreamsClient, 'appendToStream', (client) => {
        // One that comes late must not write behind the back of the connection after this one.
        if (this.ended) throw this.ended;
        return (client as Stub).makeBidiStreamRequest(path, asItIs, responseDeserialize, ...args)
          .on('data', (answer: Answer) => this.settle(answer))
          .on('error', (error: Error) => this.broken(convertToCommandError(error)))
          .on('end', () => this.broken(new SessionEndedError('the server ended the appends')));
      })();
    } catch (error) {
      this.call = undefined;
      throw error;
    }
  }

  /** The server answers a request that it refused a second time, as timed out, seconds later: that one is nobody's. */
  private settle(answer: Answer): void {
    const id = parseUUID(answer.getCorrelationId()!);
    const asked = this.waiting.get(id);
    if (!asked) return;
    this.waiting.delete(id);
    try {
      asked.resolve(writtenIn(answer, asked.stream));
    } catch (error) {
      asked.reject(error);
    }
  }

  private broken(why: Error): void {
    this.call = undefined;
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of waiting) reject(why);
  }
}
