/**
 * What the client keeps to itself and we take for calls that we make by hand. It is pinned to one version; a new one is
 * taken with these looked at and the specs of requests and answers green.
 */
import unpacking from '@eventstore/db-client/dist/streams/appendToStream/unpackError.js';
import errors from '@eventstore/db-client/dist/utils/CommandError.js';
import conversion from '@eventstore/db-client/dist/utils/convertGrpcEvent.js';
import uuids from '@eventstore/db-client/dist/utils/grpcUUID.js';
import streams from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { Duplex } from 'node:stream';

export const { StreamsClient, StreamsService } = streams;
/** Of what gRPC says to what the client throws. */
export const { convertToCommandError } = errors;
export const { convertGrpcEvent } = conversion;
export const { parseUUID } = uuids;
/** Of what an append was answered to what the client throws. */
export const { unpackToCommandError } = unpacking;

export type StreamCreator = (
  service: unknown, name: string, open: (client: unknown) => unknown, cache?: unknown,
) => () => Promise<Duplex>;

/** gRPC's own, below its streams of Node. */
export interface Call {
  setCredentials(credentials: unknown): void;
  start(metadata: unknown, listener: CallListener): void;
  sendMessageWithContext(context: object, message: Buffer): void;
  halfClose(): void;
  /** Lets one more message come. */
  startRead(): void;
  cancelWithStatus(code: number, details: string): void;
}

export interface CallListener {
  onReceiveMetadata(metadata: unknown): void;
  onReceiveMessage(message: Buffer): void;
  onReceiveStatus(status: CallStatus): void;
}

export interface CallStatus {
  /** 0 where all is well. */
  readonly code: number;
  readonly details: string;
  readonly metadata: unknown;
}

export interface Channel {
  createCall(path: string, deadline: number, host: undefined, parent: null, flags: undefined): Call;
  close(): void;
  /** `dns:127.0.0.1:2113` */
  getTarget(): string;
}

export type CallArguments = readonly [metadata: unknown, options: { readonly credentials?: unknown }];

/** What the client keeps protected. */
export interface Inside {
  getChannel: () => Promise<Channel>;
  GRPCStreamCreator: StreamCreator;
  readonly capabilities: Promise<{ readonly serverVersion: string }>;
  callArguments(of: { readonly requiresLeader: boolean }, options: { readonly deadline: number }): CallArguments;
  /** Turns to another node where the error says so. */
  handleError(client: { getChannel(): Channel }, error: unknown): Promise<void>;
}
