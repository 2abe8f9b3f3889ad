import type { Kept } from '#database';

export interface LogTables {
  readonly event: {
    readonly ordinal: number;
    readonly stream: string;
    readonly revision: number;
    readonly event_id: string;
    /** The part of the log that it falls into. */
    readonly subject: number;
    /** As it is stored, whatever the adapter. */
    readonly body: string;
  };
}

export const keptOfLog: Kept<LogTables> = {
  name: 'access',
  migrations: [
    ({ text, whole, plain }) => [
      `create table event (
        ordinal ${whole} primary key, stream ${text} not null, revision ${whole} not null, event_id ${text} not null,
        subject ${whole} not null, body ${text} not null, unique (stream, revision), unique (stream, event_id)
      ) ${plain}`,
    ],
  ],
};
