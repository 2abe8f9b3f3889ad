/** Two processes that each remember the records they have written to (ADR 0019). */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { openMemoryEventStore, type EventStore } from '#event-store';
import { deriveId, fixedClock, journeyStream, personStream, type NewEvent } from '#kernel';
import { authorise } from './authorise.js';
import { Executor } from './execute.js';
import type { CommandMeta } from './meta.js';
import { FoldedRecord } from './record.js';
import { brixham, id, meta, now, person, torbay } from './testing/callers.js';
import { fold, Greet, Note, OpenNotebook, registry, useCases } from './testing/notebook.js';
import { commandFrom } from './validate.js';

const entry = (n: number, type: string, data: object): NewEvent => ({
  eventId: deriveId('entry', n),
  type,
  schemaVersion: 1,
  person,
  occurredAt: now,
  precision: 'second',
  recordedAt: now,
  actor: torbay,
  purpose: 'directCare',
  commandId: deriveId('elsewhere', n),
  commandHash: '-',
  correlationId: id(0),
  source: 'api',
  synthetic: true,
  data,
});

describe('A record that this process remembers and others may have written to', () => {
  let store: EventStore;
  let read: string[];
  let one: Executor;
  let other: Executor;
  let notebook: string;

  const executor = (more: Partial<EventStore> = {}) =>
    new Executor({
      store: {
        ...store,
        async readStream(stream, options) {
          read.push(stream.replace(/-.*/, ''));
          return store.readStream(stream, options);
        },
        ...more,
      },
      registry,
      clock: fixedClock(now),
      fold: fold as never,
      useCases,
      synthetic: true,
      authorise: authorise({ organisationsOf: async () => [] }),
      secrets: {
        commandHash: (content) => JSON.stringify(content),
        sealing: async () => (text) => `sealed:v1:${text}`,
        resealing: async () => (sealed) => sealed,
      },
    });
  const note = (by: Executor, n: number, more: Partial<CommandMeta> = {}) =>
    by.execute(commandFrom(Note, { notebook, words: `page ${n}` }), meta(id(n), more));

  beforeEach(async () => {
    store = openMemoryEventStore();
    read = [];
    [one, other] = [executor(), executor()];
    await store.append(personStream(person), 'none', [entry(0, 'Known', {})]);
    const { journeyId } = await one.execute(commandFrom(OpenNotebook, { personId: person, pages: 2 }), meta(id(1)));
    notebook = journeyId!;
    read = [];
  });

  it('takes the next entry without being read again; what is known of the person is read each time', async () => {
    expect(await note(one, 2)).toMatchObject({ revision: 1, repeated: false });
    expect(read).toEqual(['person']);
  });

  it('takes no entry for which it is full by now: the later of two is decided again', async () => {
    await note(other, 2);
    await note(other, 3);
    await expect(note(one, 4)).rejects.toMatchObject({ code: 'notebook-full' });
    expect(await store.readStream(journeyStream(notebook))).toHaveLength(3);
  });

  it('refuses nothing for what it was before: a page added elsewhere can be written on', async () => {
    await note(one, 2);
    await note(one, 3);
    await store.append(journeyStream(notebook), 2, [entry(1, 'Opened', { organisation: 'torbay-care-trust', pages: 3 })]);
    expect(await note(one, 4)).toMatchObject({ revision: 4 });
  });

  it('lets an organisation in that was given a part elsewhere', async () => {
    await expect(note(one, 2, { actor: brixham })).rejects.toMatchObject({ code: 'not-found' });
    await store.append(journeyStream(notebook), 0, [entry(1, 'Opened', { organisation: 'brixham-home-care', pages: 2 })]);
    expect(await note(one, 3, { actor: brixham })).toMatchObject({ revision: 2 });
  });

  it('is stale for somebody who decided before another process wrote to it', async () => {
    await note(other, 2);
    await expect(note(one, 3, { ifRevision: 0 })).rejects.toMatchObject({ code: 'stale', more: { about: { revision: 1 } } });
    expect(await note(one, 4, { ifRevision: 1 })).toMatchObject({ revision: 2 });
  });

  it('answers a dry run as it stands now, not as it stood', async () => {
    await note(other, 2);
    await note(other, 3);
    await expect(note(one, 4, { dryRun: true })).rejects.toMatchObject({ code: 'notebook-full' });
  });

  it('gives the first answer again to a command that another process has executed', async () => {
    const first = await note(other, 2);
    expect(await note(one, 2)).toEqual({ ...first, repeated: true });
    await expect(
      one.execute(commandFrom(Note, { notebook, words: 'other words' }), meta(id(2))),
    ).rejects.toMatchObject({ code: 'key-reused' });
  });

  it('says that it is a repeat also where its entry is the same whenever it is decided', async () => {
    const silent = executor({
      append: async (...args) => ({ ...(await store.append(...args)), repeated: false }),
    });
    const said = '2011-03-01T08:05:10.000Z';
    const greet = (by: Executor, n: number) =>
      by.execute(commandFrom(Greet, { personId: person, words: 'welcome', occurredAt: said }), meta(id(n)));
    await greet(silent, 2);
    const first = await greet(other, 3);
    expect(await greet(silent, 3)).toEqual({ ...first, repeated: true });
  });

  it('is asked for again while others write to it, and remembered once they have stopped', async () => {
    await note(other, 2);
    await note(one, 3).catch(() => undefined);
    await store.append(journeyStream(notebook), 2, [entry(1, 'Opened', { organisation: 'torbay-care-trust', pages: 9 })]);
    const asked = async (n: number) => {
      read = [];
      await note(one, n);
      return read.toSorted();
    };
    expect(await asked(4)).toContain('journey');
    expect(await asked(5)).toEqual(['journey', 'person']);
    expect(await asked(6)).toEqual(['person']);
  });

  it('never has more entries than pages, however two processes race', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 12 }, (_, i) => note(i % 2 ? one : other, 10 + i)),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    for (const answer of answers) {
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'notebook-full' });
    }
    expect(await store.readStream(journeyStream(notebook))).toHaveLength(3);
  });

  it('is folded anew where an entry of the same moment comes in that was recorded before the last', async () => {
    const known = { ...entry(2, 'Known', {}), stream: personStream(person), revision: 0, position: '2', ordinal: 0 };
    const record = new FoldedRecord(journeyStream(notebook), person, fold, registry, { target: [], person: [known] });
    const noted = { ...entry(3, 'Noted', { words: '-' }), stream: journeyStream(notebook), revision: 0, position: '1', ordinal: 0 };
    expect(record.add({ target: [{ ...noted, recordedAt: '2011-03-01T08:04:59.999Z' }], person: [] })).toBe(false);
    expect(record.add({ target: [noted], person: [] })).toBe(true);
  });
});
