import {
  AccessDeniedError, CancelledError, DeadlineExceededError, MaxAppendSizeExceededError, StreamNotFoundError,
  UnavailableError, UnknownError, WrongExpectedVersionError,
} from '@eventstore/db-client';
import { describe, expect, it } from '@jest/globals';
import { describeError, PositionGoneError, SessionEndedError, verdictOn } from './errors.js';
import { CallTimeoutError } from './timing.js';

const grpc = (code: number, message: string) => Object.assign(new Error(message), { code });
const unknown = (message: string) => new UnknownError(undefined, message);

describe('what becomes of a failed call', () => {
  it.each([
    ['a wrong revision', new WrongExpectedVersionError(undefined, { streamName: 's', current: 1n, expected: 2n }), 'answer'],
    ['a stream that does not exist', new StreamNotFoundError(undefined, 's'), 'answer'],
    ['an append over the limit', MaxAppendSizeExceededError.fromMaxAppendSize(1_048_576), 'answer'],
    ['a bad request', unknown('Could not recognize BadRequest'), 'answer'],
    ['no permission', new AccessDeniedError(undefined), 'fail'],
    ['a position that is gone, or not yet there on a node that lags', new PositionGoneError('1/1'), 'unknown'],
    ['a bug', new TypeError('undefined is not iterable'), 'fail'],
    ['a write that timed out on the server', new DeadlineExceededError(undefined), 'again'],
    ['a bare gRPC error of a server that is down', grpc(14, '14 UNAVAILABLE: No connection established'), 'lost'],
    ['an unavailable server', new UnavailableError(undefined), 'lost'],
    ['a cancelled call', new CancelledError(undefined), 'lost'],
    ['a stream reset as the server stops', grpc(13, '13 INTERNAL: Received RST_STREAM with code 2'), 'lost'],
    ['the same as the client wraps it', unknown('13 INTERNAL: Received RST_STREAM with code 2'), 'lost'],
    ['a fail-over', unknown('Could not recognize Server Is Not Ready'), 'lost'],
    ['a server too busy', unknown('Could not recognize Server Is Too Busy'), 'lost'],
    ['no node found', new Error('Failed to discover after 10 attempts.'), 'lost'],
    ['a channel closed meanwhile', new Error('Channel has been shut down'), 'lost'],
    ['our own timer', new CallTimeoutError('no answer within 4000 ms'), 'lost'],
    ['a connection given up meanwhile', new SessionEndedError('given up'), 'lost'],
    ['something never seen', unknown('2 UNKNOWN: Exception was thrown by handler.'), 'unknown'],
    ['something that is no error', 'text', 'unknown'],
  ])('%s', (_, error, verdict) => {
    expect(verdictOn(error)).toBe(verdict);
  });

  it('is told in words also where the client leaves the message empty', () => {
    expect(describeError(MaxAppendSizeExceededError.fromMaxAppendSize(1))).toBe('MaxAppendSizeExceededError');
    expect(describeError(new Error('why'))).toBe('why');
    expect(describeError(7)).toBe('7');
  });
});
