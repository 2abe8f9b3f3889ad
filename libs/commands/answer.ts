import { idOfStream, type NewEvent } from '#kernel';

/** What came of a command. A repeat is answered with the same, `repeated: true`. */
export interface CommandAnswer {
  /** Of the stream after the command: the `ETag`, and the `If-Match` of the next command. */
  readonly revision: number;
  /** Ask queries with `minPosition` of this to read your own write. Absent where nothing was ever written. */
  readonly position?: string;
  /** Empty where the record said so already. */
  readonly events: readonly { readonly eventId: string; readonly type: string }[];
  readonly repeated: boolean;
  readonly personId?: string;
  readonly journeyId?: string;
  readonly handoffId?: string;
  readonly stayId?: string;
  readonly contactId?: string;
  readonly planId?: string;
  readonly linkId?: string;
  /** Told with the command that makes a link, and with its repeats; it stands in no event (ADR 0007). */
  readonly answerLink?: { readonly address: string; readonly code: string };
}

/** Fields of events that name what a command made, and what the answer calls them. */
const made = Object.entries({
  handoffId: 'handoffId', stayId: 'stayId', contact: 'contactId', plan: 'planId', link: 'linkId',
} as const);

export interface Outcome {
  readonly stream: string;
  readonly person: string | undefined;
  readonly revision: number;
  readonly position: string | undefined;
  readonly events: readonly NewEvent[];
  readonly repeated: boolean;
}

export function answerOf({ stream, person, revision, position, events, repeated }: Outcome): CommandAnswer {
  const ids: Record<string, string> = {};
  for (const { data } of events) {
    for (const [field, name] of made) {
      const id = (data as Record<string, unknown>)[field];
      if (typeof id === 'string') ids[name] ??= id;
    }
  }
  return {
    revision,
    ...(position !== undefined && { position }),
    events: events.map(({ eventId, type }) => ({ eventId, type })),
    repeated,
    ...(person !== undefined && { personId: person }),
    ...(stream.startsWith('journey-') && { journeyId: idOfStream(stream) }),
    ...ids,
  };
}
