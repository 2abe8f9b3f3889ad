import { beforeEach, describe, expect, it } from '@jest/globals';
import { openMemoryEventStore, StoreUnavailableError, type EventStore } from '#event-store';
import { deriveId, fixedClock, journeyStream, personStream, type Actor } from '#kernel';
import { authorise } from './authorise.js';
import { Executor } from './execute.js';
import type { CommandMeta } from './meta.js';
import { brixham, id, meta, now, person, torbay } from './testing/callers.js';
import { fold, Greet, Note, OpenNotebook, registry, useCases } from './testing/notebook.js';
import type { Command } from './use-case.js';
import { commandFrom } from './validate.js';

describe.each([
  ['on a store of its own', true],
  ['beside other writers', false],
])('Executing a command %s', (_, soleWriter) => {
  let store: EventStore;
  let executor: Executor;
  let seals: number;

  const executorOn = (on: EventStore) =>
    new Executor({
      store: on,
      registry,
      clock: fixedClock(now),
      fold: fold as never,
      useCases,
      synthetic: true,
      soleWriter,
      authorise: authorise({ organisationsOf: async () => [] }),
      secrets: {
        commandHash: (content) => JSON.stringify(content),
        sealing: async (owner) => (text) => `sealed:v1:${owner}:${text}:${seals++}`,
        resealing: async () => (sealed) => sealed,
      },
    });

  const run = (command: Command, with_: CommandMeta) => executor.execute(command, with_);
  const open = (commandId = id(1), pages = 2) =>
    run(commandFrom(OpenNotebook, { personId: person, pages }), meta(commandId));
  const noteOf = (notebook: string, words = 'rang the daughter') => commandFrom(Note, { notebook, words });

  beforeEach(async () => {
    seals = 0;
    store = openMemoryEventStore();
    executor = executorOn(store);
    await store.append(personStream(person), 'none', [
      {
        eventId: deriveId('known', 1),
        type: 'Known',
        schemaVersion: 1,
        person,
        occurredAt: now,
        precision: 'second',
        recordedAt: now,
        actor: torbay,
        purpose: 'directCare',
        commandId: id(0),
        commandHash: '-',
        correlationId: id(0),
        source: 'api',
        synthetic: true,
        data: {},
      },
    ]);
  });

  it('answers with revision, position, events and the ids of what it made', async () => {
    const answer = await open();
    expect(answer).toMatchObject({ revision: 0, repeated: false, personId: person, events: [{ type: 'Opened' }] });
    const [event] = await store.readStream(journeyStream(answer.journeyId!));
    expect(event).toMatchObject({
      eventId: answer.events[0]!.eventId,
      position: answer.position,
      person,
      pilot: 'torbay',
      occurredAt: now,
      recordedAt: now,
      actor: torbay,
      purpose: 'directCare',
      source: 'api',
      synthetic: true,
      correlationId: id(1),
      data: { pages: 2 },
    });
  });

  it('gives the first answer again to a repeat, also after a restart, and writes nothing', async () => {
    const first = await open();
    const before = await store.head();
    expect(await open()).toEqual({ ...first, repeated: true });
    executor = executorOn(store);
    expect(await open()).toEqual({ ...first, repeated: true });
    expect(await store.head()).toEqual(before);
  });

  it('refuses a key that was used with other content, although free text is sealed differently each time', async () => {
    const { journeyId } = await open();
    await run(noteOf(journeyId!), meta(id(2)));
    expect(await run(noteOf(journeyId!), meta(id(2)))).toMatchObject({ repeated: true, revision: 1 });
    await expect(run(noteOf(journeyId!, 'something else'), meta(id(2)))).rejects.toMatchObject({ code: 'key-reused' });
  });

  it('on a dry run says whether it would be refused, and writes nothing', async () => {
    const { journeyId } = await open();
    const before = await store.head();
    const dry = await run(noteOf(journeyId!), { ...meta(id(2)), dryRun: true });
    expect(dry).toMatchObject({ revision: 0, events: [], repeated: false });
    expect(await store.head()).toEqual(before);
    expect(await run(noteOf(journeyId!), meta(id(2)))).toMatchObject({ revision: 1, repeated: false });
  });

  it('never lets free text into an event in the clear', async () => {
    const { journeyId } = await open();
    await run(noteOf(journeyId!, 'afraid of falling'), meta(id(2)));
    const [, written] = await store.readStream(journeyStream(journeyId!));
    expect(written!.data).toEqual({ words: `sealed:v1:${person}:afraid of falling:0` });
  });

  it('decides again on what others wrote meanwhile, and a page is never written on twice', async () => {
    const { journeyId } = await open(id(1), 2);
    const others = executorOn(store);
    const answers = await Promise.allSettled(
      Array.from({ length: 6 }, (_, i) => (i % 2 ? executor : others).execute(noteOf(journeyId!), meta(id(10 + i)))),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    for (const answer of answers) {
      if (answer.status === 'rejected') expect(['notebook-full', 'busy']).toContain(answer.reason.code);
    }
    expect(await store.readStream(journeyStream(journeyId!))).toHaveLength(3);
  });

  it('sees what was written to the person after the notebook was folded', async () => {
    const { journeyId } = await open(id(1), 2);
    await run(noteOf(journeyId!), meta(id(2)));
    const known = {
      ...(await store.readStream(personStream(person)))[0]!,
      eventId: deriveId('known', 2),
      commandId: id(3),
    };
    await run(commandFrom(Greet, { personId: person, words: 'welcome' }), meta(id(4)));
    if (!soleWriter) await store.append(personStream(person), 'any', [known]);
    await run(commandFrom(Note, { notebook: journeyId, words: 'second' }), meta(id(5)));
    await expect(run(noteOf(journeyId!), meta(id(6)))).rejects.toMatchObject({
      code: 'notebook-full',
      about: { greetings: soleWriter ? 1 : 2 },
    });
  });

  it('answers a repeat that arrives while the first is under way as the first', async () => {
    const { journeyId } = await open();
    const [a, b] = await Promise.all([run(noteOf(journeyId!), meta(id(2))), run(noteOf(journeyId!), meta(id(2)))]);
    expect({ ...a, repeated: true }).toEqual({ ...b, repeated: true });
    expect(await store.readStream(journeyStream(journeyId!))).toHaveLength(2);
  });

  it('does not decide again for somebody who decided on an older revision', async () => {
    const { journeyId } = await open();
    await run(noteOf(journeyId!), meta(id(2), { ifRevision: 0 }));
    const late = run(noteOf(journeyId!), meta(id(3), { ifRevision: 0 }));
    await expect(late).rejects.toMatchObject({ code: 'stale', more: { about: { revision: 1 } } });
  });

  it('passes on what the domain refuses, under its own code, and records nothing', async () => {
    const { journeyId } = await open(id(1), 1);
    await run(noteOf(journeyId!), meta(id(2)));
    await expect(run(noteOf(journeyId!), meta(id(3)))).rejects.toMatchObject({
      code: 'notebook-full',
      detail: 'Take a new notebook.',
    });
    expect(await store.readStream(journeyStream(journeyId!))).toHaveLength(2);
  });

  it('does not tell an organisation with no part in a record whether there is one', async () => {
    const { journeyId } = await open();
    const theirs = run(noteOf(journeyId!), meta(id(2), { actor: brixham })).catch((error: unknown) => error);
    const nobodys = run(noteOf(deriveId('nothing')), meta(id(2), { actor: brixham })).catch((error: unknown) => error);
    expect(await theirs).toMatchObject({ code: 'not-found' });
    expect(await theirs).toEqual(await nobodys);
  });

  it('refuses a role that the use case does not name', async () => {
    const auditor: Actor = { ...torbay, role: 'auditor' };
    await expect(
      run(commandFrom(OpenNotebook, { personId: person, pages: 1 }), meta(id(1), { actor: auditor })),
    ).rejects.toMatchObject({ code: 'role-not-allowed' });
  });

  it('refuses care that lies in the future, and people nobody registered', async () => {
    const future = commandFrom(OpenNotebook, { personId: person, pages: 1, occurredAt: '2026-11-21T10:00:00.000Z' });
    await expect(run(future, meta(id(1)))).rejects.toMatchObject({
      code: 'invalid-fields',
      more: { errors: [{ pointer: '/occurredAt' }] },
    });
    const stranger = commandFrom(OpenNotebook, { personId: deriveId('stranger'), pages: 1 });
    await expect(run(stranger, meta(id(2)))).rejects.toMatchObject({
      code: 'invalid-fields',
      more: { errors: [{ pointer: '/personId' }] },
    });
  });

  it('says so when the outcome is not known, and the same command completes later', async () => {
    let broken = true;
    const flaky: EventStore = Object.assign(Object.create(store) as EventStore, {
      async append(...args: Parameters<EventStore['append']>) {
        const done = await store.append(...args);
        if (broken) throw new StoreUnavailableError('the answer was lost');
        return done;
      },
    });
    executor = executorOn(flaky);
    await expect(open()).rejects.toMatchObject({ code: 'store-unavailable' });
    broken = false;
    expect(await open()).toMatchObject({ repeated: true, revision: 0 });
  });
});
