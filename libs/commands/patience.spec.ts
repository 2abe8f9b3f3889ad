/** How long somebody waits for an answer while the store is away. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { openMemoryEventStore, StoreUnavailableError, type Appended, type EventStore } from '#event-store';
import { fixedClock } from '#kernel';
import { Executor } from './execute.js';
import { id, meta, now, person } from './testing/callers.js';
import { fold, Note, OpenNotebook, registry, useCases } from './testing/notebook.js';
import { commandFrom } from './validate.js';

const PATIENCE = 30_000;

describe('Commands that wait for the store', () => {
  let store: EventStore;
  let isAway: boolean;
  let tried: number;
  let executor: Executor;
  let notebook: string;

  beforeEach(async () => {
    jest.useFakeTimers();
    store = openMemoryEventStore();
    isAway = false;
    tried = 0;
    /** As EventStoreDB where nobody answers: refused when the store's own patience is over. */
    const appended = (...append: Parameters<EventStore['append']>): Promise<Appended> => {
      if (!isAway) return store.append(...append);
      tried++;
      return new Promise((_, reject) => setTimeout(() => reject(new StoreUnavailableError('away')), PATIENCE));
    };
    executor = new Executor({
      store: { ...store, append: appended },
      registry,
      clock: fixedClock(now),
      fold: fold as never,
      useCases,
      synthetic: true,
      authorise: () => undefined,
      soleWriter: true,
      patience: PATIENCE,
      secrets: {
        commandHash: (content) => JSON.stringify(content),
        sealing: async () => (text) => `sealed:v1:${text}`,
        resealing: async () => (sealed) => sealed,
      },
    });
    await store.append(`person-${person}`, 'none', [knownPerson]);
    const { journeyId } = await executor.execute(commandFrom(OpenNotebook, { personId: person, pages: 9 }), meta(id(1)));
    notebook = journeyId!;
  });
  afterEach(() => void jest.useRealTimers());

  const knownPerson = {
    eventId: id(100), type: 'Known', schemaVersion: 1, person, occurredAt: now, precision: 'second', recordedAt: now, actor: meta(id(0)).actor,
    purpose: 'directCare', commandId: id(100), commandHash: '-', correlationId: id(100), source: 'api', synthetic: true, data: {},
  } as const;
  /** Notes of one notebook, given at one moment; after how long each was told, and what. */
  function notes(...numbers: readonly number[]) {
    const given = performance.now();
    const told: { readonly after: number; readonly outcome: unknown }[] = [];
    for (const n of numbers) {
      const take = (outcome: unknown) => void told.push({ after: performance.now() - given, outcome });
      const note = executor.execute(commandFrom(Note, { notebook, words: `page ${n}` }), meta(id(n)));
      note.then(({ revision }) => take(revision), (error: { code?: string }) => take(error.code));
    }
    return told;
  }

  it('on one record are all answered as soon as the first, and those whose turn never came are not tried', async () => {
    isAway = true;
    const told = notes(2, 3, 4, 5);
    await jest.advanceTimersByTimeAsync(PATIENCE);
    const refused = { after: PATIENCE, outcome: 'store-unavailable' };
    expect(told).toEqual([refused, refused, refused, refused]);
    await jest.advanceTimersByTimeAsync(5 * PATIENCE);
    expect(tried).toBe(1);
  });

  it('are kept where the store comes back in time, each once, and what was refused can be sent again', async () => {
    isAway = true;
    expect(notes(2)).toEqual([]);
    await jest.advanceTimersByTimeAsync(PATIENCE - 1_000);
    isAway = false;
    const told = notes(3);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(told).toEqual([{ after: 1_000, outcome: 1 }]);
    const again = notes(2);
    await jest.advanceTimersByTimeAsync(0);
    expect(again).toEqual([{ after: 0, outcome: 2 }]);
  });
});
