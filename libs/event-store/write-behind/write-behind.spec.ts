import { describe, expect, it } from '@jest/globals';
import { idsOf, messages } from '../contract/harness.js';
import { newMemoryLog, openMemoryEventStore } from '../memory/memory-store.js';
import { WrongRevisionError } from '../port.js';
import { WriteBehind } from './write-behind.js';

/** A store whose appends wait until they are let through. */
function slowStore(log = newMemoryLog()) {
  const inner = openMemoryEventStore(log);
  const held: (() => void)[] = [];
  const store = {
    ...inner,
    append: (...args: Parameters<typeof inner.append>) =>
      new Promise<void>((resolve) => held.push(resolve)).then(() => inner.append(...args)),
  };
  return { store, inner, release: () => held.splice(0).forEach((go) => go()), held };
}

describe('Writing behind, for runs that repeat safely', () => {
  it('reads its own events before they are durable, and has them all after a flush', async () => {
    const { store, inner, release } = slowStore();
    const behind = new WriteBehind(store, { inFlight: 10 });
    const m = messages();
    expect((await behind.append(m.stream, 'none', m(1, 2))).revision).toBe(1);
    expect((await behind.append(m.stream, 1, m(3))).revision).toBe(2);
    expect(idsOf(await behind.readStream(m.stream))).toEqual(idsOf(m(1, 2, 3)));
    expect(idsOf(await behind.readStream(m.stream, { from: 1, limit: 1 }))).toEqual(idsOf(m(2)));
    expect(await inner.readStream(m.stream)).toEqual([]);
    const flushed = behind.flush();
    release();
    await flushed;
    expect(idsOf(await inner.readStream(m.stream))).toEqual(idsOf(m(1, 2, 3)));
    expect(idsOf(await behind.readStream(m.stream, { from: 1 }))).toEqual(idsOf(m(2, 3)));
  });

  it('continues a stream that was there, and refuses a revision that is not its head', async () => {
    const inner = openMemoryEventStore();
    const m = messages();
    await inner.append(m.stream, 'none', m(1, 2));
    const behind = new WriteBehind(inner, { inFlight: 4 });
    await expect(behind.append(m.stream, 'none', m(3))).rejects.toThrow(WrongRevisionError);
    await expect(behind.append(m.stream, 7, m(3))).rejects.toThrow(WrongRevisionError);
    await behind.append(m.stream, 1, m(3));
    await behind.flush();
    expect(await inner.readStream(m.stream)).toHaveLength(3);
  });

  it('keeps no more on the way than it was told to, and keeps the order of calls', async () => {
    const { store, inner, release, held } = slowStore();
    const behind = new WriteBehind(store, { inFlight: 2 });
    const [a, b, c] = [messages(), messages(), messages()];
    await behind.append(a.stream, 'none', a(1));
    await behind.append(b.stream, 'none', b(1));
    const third = behind.append(c.stream, 'none', c(1));
    await new Promise((resolve) => setImmediate(resolve));
    expect(held).toHaveLength(2);
    release();
    await third;
    await new Promise((resolve) => setImmediate(resolve));
    release();
    await behind.flush();
    const { events } = await inner.readAll({ limit: 10 });
    expect(idsOf(events)).toEqual([...idsOf(a(1)), ...idsOf(b(1)), ...idsOf(c(1))]);
  });

  it('fails at the next call and at the flush when the store failed', async () => {
    const inner = openMemoryEventStore();
    const failing = { ...inner, append: () => Promise.reject(new Error('disk full')) };
    const behind = new WriteBehind(failing, { inFlight: 2 });
    const m = messages();
    await behind.append(m.stream, 'none', m(1));
    await expect(behind.flush()).rejects.toThrow('disk full');
    await expect(behind.append(m.stream, 0, m(2))).rejects.toThrow('disk full');
  });
});
