import { checkAppend } from '../append-rules.js';
import { bytesOf, type EventJson } from '../event-json.js';
import type { Expected, Run } from '../port.js';
import type { NewEvent } from '#kernel';
import { subjectHash } from '../subject.js';
import type { AppendRequest } from './protocol.js';

/** A flush of the disk costs the same after a few events as after thousands. */
const EVENTS = 2_000;
const BYTES = 4 * 1024 * 1024;

/** What is written in one transaction. */
export interface Together {
  readonly requests: readonly AppendRequest[];
  readonly events: number;
}

/** Runs of a copy, by what one transaction takes of them. @throws as `checkAppend` */
export async function* togetherIn(runs: AsyncIterable<Run>): AsyncGenerator<Together, void, undefined> {
  let requests: AppendRequest[] = [];
  let [events, bytes] = [0, 0];
  for await (const run of runs) {
    requests.push(requestOf(run.stream, run.expected, run.events, run.json));
    events += run.events.length;
    for (const json of run.json) bytes += bytesOf(json);
    if (events < EVENTS && bytes < BYTES) continue;
    yield { requests, events };
    requests = [];
    [events, bytes] = [0, 0];
  }
  if (events > 0) yield { requests, events };
}

/** @throws InvalidAppendError, IdConflictError */
export function requestOf(
  stream: string, expected: Expected, events: readonly NewEvent[], made?: readonly EventJson[],
): AppendRequest {
  const checked = checkAppend(stream, expected, events, made);
  return {
    stream,
    expected,
    events: checked.map(({ eventId, head, tail }, i) => ({ eventId, head, tail, subject: subjectHash(events[i]?.person ?? stream) })),
  };
}
