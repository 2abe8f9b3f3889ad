import { describe, expect, it } from '@jest/globals';
import { defineEvent, effectiveHistory, EventRegistry, Type, type RecordedEvent, UnknownEventError } from './index.js';

const Noted = defineEvent({
  type: 'Noted', version: 2, summary: 'A note.', sensitivity: 'coded', emittedBy: [],
  schema: Type.Object({ words: Type.String() }), example: { words: 'a' },
  upcast: { 1: (data: { text: string }) => ({ words: data.text }) },
});
const Corrected = defineEvent({
  type: 'Corrected', version: 1, summary: 'Put right.', sensitivity: 'coded', emittedBy: [],
  schema: Type.Object({ entry: Type.String(), words: Type.Optional(Type.String()), at: Type.Optional(Type.String()) }),
  example: { entry: 'e1' },
  effect: {
    corrects: ({ entry, words, at }) => ({ eventId: entry, ...(words && { data: { words } }), ...(at && { occurredAt: at }) }),
  },
});
const Voided = defineEvent({
  type: 'Voided', version: 1, summary: 'Made in error.', sensitivity: 'coded', emittedBy: [],
  schema: Type.Object({ entry: Type.String() }), example: { entry: 'e1' },
  effect: { voids: ({ entry }) => [entry] },
});
const registry = new EventRegistry([Noted, Corrected, Voided]);

let ordinal = 0;
const event = (eventId: string, type: string, occurredAt: string, data: unknown, schemaVersion = type === 'Noted' ? 2 : 1) =>
  ({ eventId, type, schemaVersion, occurredAt, data, ordinal: ++ordinal }) as RecordedEvent;
const note = (id: string, at: string, words = id) => event(id, 'Noted', at, { words });
const told = (events: readonly RecordedEvent[]) =>
  effectiveHistory(events, registry)
    .filter((e) => e.type === 'Noted')
    .map((e) => `${e.occurredAt} ${(e.data as { words: string }).words}`);

describe('The history as care happened', () => {
  it('puts a late entry where it occurred', () => {
    expect(told([note('a', '10'), note('b', '12'), note('late', '11')])).toEqual(['10 a', '11 late', '12 b']);
  });

  it('keeps entries of the same moment in the order they were recorded', () => {
    expect(told([note('a', '10'), note('b', '10'), note('c', '10')])).toEqual(['10 a', '10 b', '10 c']);
  });

  it('leaves out what was entered in error', () => {
    expect(told([note('a', '10'), note('b', '11'), event('v', 'Voided', '12', { entry: 'a' })])).toEqual(['11 b']);
  });

  it('puts a correction in place, content and moment', () => {
    const history = [note('a', '10'), note('b', '11'), event('c', 'Corrected', '12', { entry: 'a', words: 'right', at: '11.5' })];
    expect(told(history)).toEqual(['11 b', '11.5 right']);
  });

  it('lets the last correction win, field by field', () => {
    const history = [
      note('a', '10'),
      event('c1', 'Corrected', '11', { entry: 'a', words: 'second', at: '09' }),
      event('c2', 'Corrected', '12', { entry: 'a', words: 'third' }),
    ];
    expect(told(history)).toEqual(['09 third']);
  });

  it('takes back a correction that was itself an error, and an error that was itself an error', () => {
    expect(
      told([note('a', '10'), event('c', 'Corrected', '11', { entry: 'a', words: 'wrong' }), event('v', 'Voided', '12', { entry: 'c' })]),
    ).toEqual(['10 a']);
    expect(
      told([note('a', '10'), event('v1', 'Voided', '11', { entry: 'a' }), event('v2', 'Voided', '12', { entry: 'v1' })]),
    ).toEqual(['10 a']);
  });

  it('does not change the recorded entries', () => {
    const history = [note('a', '10'), event('c', 'Corrected', '11', { entry: 'a', words: 'other' })];
    const before = JSON.stringify(history);
    effectiveHistory(history, registry);
    expect(JSON.stringify(history)).toBe(before);
  });
});

describe('The registry', () => {
  it('reads an old version in today\'s shape and leaves the stored one alone', () => {
    const old = event('a', 'Noted', '10', { text: 'old words' }, 1);
    expect(registry.decode(old)).toMatchObject({ schemaVersion: 2, data: { words: 'old words' } });
    expect(old.data).toEqual({ text: 'old words' });
  });

  it('stops at a type nobody registered and at a version newer than this release', () => {
    expect(() => registry.decode(event('a', 'Unheard', '10', {}))).toThrow(UnknownEventError);
    expect(() => registry.decode(event('a', 'Noted', '10', {}, 3))).toThrow(/Noted version 3 is not known to this release: start the release that wrote it/);
  });

  it('says where a payload is wrong', () => {
    expect(registry.problems('Noted', { words: 5 })).toEqual(['/words: Expected string']);
    expect(registry.problems('Noted', { words: 'a' })).toEqual([]);
  });
});
