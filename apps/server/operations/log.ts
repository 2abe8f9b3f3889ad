import type { LoggerService } from '@nestjs/common';
import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { describeError, scrub } from './scrub.js';

export type Log = Logger;

/** JSON lines on standard output. Errors go through `describeError`, whatever a caller hands in. */
export const createLog = (level: string, destination?: DestinationStream): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      serializers: { err: describeError, error: describeError },
    },
    ...(destination ? [destination] : []),
  );

/** What Nest itself says, at debug: it is about modules and routes. */
export const nestLogger = (log: Log): LoggerService => {
  const say = (level: 'debug' | 'warn' | 'error') => (message: unknown) => {
    if (message instanceof Error) log[level]({ err: message });
    else log[level](scrub(String(message)));
  };
  return { log: say('debug'), error: say('error'), warn: say('warn'), debug: say('debug'), verbose: say('debug') };
};
