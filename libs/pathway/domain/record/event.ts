import type { RecordedEvent } from '#kernel';
import type { PathwayEvent, PathwayEventType } from '../events.js';

export type DataOf<T extends PathwayEventType> = Extract<PathwayEvent, { type: T }>['data'];

/**
 * What each event does to a state; an event not named does nothing. Handlers answer `undefined` where the event does
 * not fit: it is then kept as unplaced, and the fold goes on.
 */
export type Handlers<State> = {
  readonly [T in PathwayEventType]?: (state: State, data: DataOf<T>, event: RecordedEvent) => State | undefined;
};
