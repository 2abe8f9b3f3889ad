import { LIVE_WITHIN } from './freshness.js';
import type { GenerationStatus, ProjectionMessage } from './messages.js';

/** What is known of a generation after one more message about it. */
export function statusAfter(before: GenerationStatus | undefined, message: ProjectionMessage): GenerationStatus {
  const { generation } = message;
  const known = before ?? { generation, served: false, state: 'catchingUp', ordinal: 0, eventsBehind: 0, incomplete: 0 };
  const { problem: _past, building: _built, ...status } = known;
  switch (message.kind) {
    case 'advanced': {
      const { position, ordinal, knownAt, eventsBehind, incomplete, served } = message;
      const state = eventsBehind > LIVE_WITHIN ? 'catchingUp' : 'live';
      return { ...status, served, state, position, ordinal, knownAt, eventsBehind, incomplete };
    }
    case 'building': {
      const { doing, events, total, eventsPerSecond } = message;
      return { ...status, state: 'building', building: { doing, events, total, eventsPerSecond } };
    }
    case 'served':
      return { ...known, served: true };
    case 'stopped':
      return { ...status, served: message.served, state: 'stopped', problem: message.reason };
    case 'troubled':
      return { ...known, problem: message.problem };
    case 'quarantined':
      return known;
  }
}
