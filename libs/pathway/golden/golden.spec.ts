import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { deriveId, journeyStream, personStream, type NewEvent, type RecordedEvent } from '#kernel';
import { pathwayEvents } from '../domain/events.js';
import { pathwayRegistry, recordFold } from '../domain/record/fold.js';

const here = (name: string): URL => new URL(name, import.meta.url);
const names = readdirSync(here('.')).filter((name) => /\.v\d+\.json$/.test(name));
const checksums = JSON.parse(readFileSync(here('checksums.json'), 'utf8')) as Record<string, string>;

const asRecorded = (name: string, stream: string): RecordedEvent => ({
  ...(JSON.parse(readFileSync(here(name), 'utf8')) as NewEvent),
  stream,
  revision: 0,
  position: '1',
  ordinal: 1,
});

/** What a fold keeps of any event: its id, but for a correction on the person's own stream, which is seen in what it corrects. */
const traceOf = ({ eventId, type, stream }: RecordedEvent): string =>
  stream.startsWith('person-') && /^(Entr|ContactRecorded)/.test(type) ? 'personId' : eventId;

describe('golden files, one for every version of an event that was ever written', () => {
  it.each(pathwayEvents.map(({ type, version }) => [`${type}.v${version}.json`]))('%s is there', (name) => {
    expect(names).toContain(name);
  });

  it('are never changed and never taken away', () => {
    const found = names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(here(name)))
        .digest('hex'),
    ]);
    expect(Object.fromEntries(found)).toEqual(checksums);
  });

  it.each(names)("%s is read in today's shape and folded on either stream", (name) => {
    const person = deriveId('golden', 'person');
    for (const stream of [journeyStream(deriveId('golden', 'journey')), personStream(person)]) {
      const event = pathwayRegistry.decode(asRecorded(name, stream));
      expect(pathwayRegistry.problems(event.type, event.data)).toEqual([]);
      expect(JSON.stringify(recordFold.evolve(recordFold.initial(person), event))).toContain(traceOf(event));
    }
  });
});
