import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { anEvent } from './contract/events.js';
import { dataOf, envelopeOf, eventJson, storedJson } from './event-json.js';

describe('the stored form of an event', () => {
  it('is canonical JSON with every field in its place, whichever are there, whole or with the data apart', () => {
    const field = <T>(value: T) => fc.option(fc.constant(value), { nil: undefined });
    const optional = fc.record({
      person: field('p'),
      pilot: field('torbay'),
      causationId: field('c'),
      data: fc.jsonValue(),
      synthetic: fc.boolean(),
    });
    fc.assert(
      fc.property(optional, fc.nat(), fc.string(), (fields, revision, stream) => {
        const event = { ...anEvent(), ...fields } as ReturnType<typeof anEvent>;
        const json = storedJson(eventJson(stream, event), revision);
        expect(json).toBe(canonicalize({ ...event, stream, revision }));
        const { data, type: _, ...envelope } = event;
        expect(dataOf(eventJson(stream, event))).toBe(canonicalize(data));
        expect(envelopeOf(eventJson(stream, event))).toBe(canonicalize(envelope));
      }),
    );
  });
});
