import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Command, CommandMeta } from '#commands';
import { at, brixham, person } from '../../../test/support/history.js';
import { Town } from '../testing/town.js';

const smith = person('Mrs Smith');
/** To be seen by 10:15, answered by 10:30, urgent: ends by itself four hours later. */
const offered = [...smith.referred('2011-02-28 10:00'), smith.offered('a', '2011-03-01 10:00')];
const declined = [...offered, smith.declined('a', '2011-03-01 10:05')];

let town: Town;
beforeEach(() => {
  town = new Town();
});
afterEach(() => town.close());

/** Looks as often as there is something to do by then. */
async function until(time: string, node = town.node()) {
  town.now = at(`2011-03-01 ${time}`);
  for (let looks = 0; looks < 5; looks++) {
    node.wake();
    await node.look();
  }
  return node;
}

describe('What happens if nobody does anything', () => {
  it('the receiver is reminded twice, the duty manager told once, and in the end the offer lapses', async () => {
    await town.happens(...offered);
    const node = await until('10:14');
    expect(await town.done()).toEqual([]);
    expect(node.status()).toMatchObject({ state: 'running', next: at('2011-03-01 10:15'), done: 0 });
    await until('10:15', node);
    expect(await town.done()).toEqual(['HandoffChased']);
    await until('10:45', node);
    expect(await town.done()).toEqual(['HandoffChased', 'HandoffChased', 'HandoffEscalated']);
    await until('14:29', node);
    expect(await town.done()).toHaveLength(3);
    await until('14:30', node);
    expect((await town.done()).slice(3)).toEqual(['HandoffLapsed']);
    expect(node.status()).toMatchObject({ next: undefined, done: 4, problem: undefined });
  });

  it('a decline that nobody has seen is told the duty manager after half an hour, once (scenario 1)', async () => {
    await town.happens(...declined);
    const node = await until('10:34');
    expect(await town.done()).toEqual([]);
    await until('10:35', node);
    await until('17:00', node);
    expect(await town.done()).toEqual(['HandoffEscalated']);
  });

  it('nothing after a death (scenario 4)', async () => {
    await town.happens(...offered, smith.lived('PersonDied', { place: 'hospital' }, '2011-03-01 10:10'));
    await until('18:00');
    expect(await town.done()).toEqual([]);
  });

  it('what is a week late is forgotten: an import of old years wakes nobody', async () => {
    await town.happens(...declined);
    town.now = at('2011-03-08 00:00');
    await town.node().look();
    expect(await town.done()).toEqual([]);
  });

  it('says what made it happen, and who did: the engine itself', async () => {
    await town.happens(...declined);
    await until('10:35');
    const told = (await town.all()).at(-1)!;
    expect(told).toMatchObject({
      type: 'HandoffEscalated',
      causationId: declined.at(-1)!.event.eventId,
      actor: { role: 'system', staff: 'deadlines' },
      purpose: 'directCare',
      data: { cause: 'declineNotActedOn', to: { team: 'torbay-north-zone' } },
    });
  });
});

describe('Once, whatever happens', () => {
  const killed = new Error('killed');

  it('also when it is killed before, or just after, the event was written', async () => {
    await town.happens(...declined);
    const before = town.node(async () => Promise.reject(killed));
    await expect(until('10:35', before)).rejects.toThrow('killed');
    const after = town.node(async (command: Command, meta: CommandMeta) => {
      await town.execute(command, meta);
      throw killed;
    });
    town.millis += 10_000;
    await expect(until('10:36', after)).rejects.toThrow('killed');
    town.millis += 10_000;
    await until('10:37');
    expect(await town.done()).toEqual(['HandoffEscalated']);
  });

  it('also on two nodes that both believe to be the one, on lists that do not show it yet', async () => {
    await town.happens(...declined);
    await town.bringUpToDate();
    const stale = async () => true;
    town.now = at('2011-03-01 10:35');
    await town.node(town.execute, stale).look();
    town.millis += 10_000; // The first was slow: its lease has run out.
    await town.node(town.execute, stale).look();
    expect(await town.done()).toEqual(['HandoffEscalated']);
  });

  it('also after the read models were rebuilt, by a node that knows nothing of what was done', async () => {
    await town.happens(...declined);
    await until('10:35');
    town.millis += 10_000;
    await town.bringUpToDate();
    await until('11:35');
    expect(await town.done()).toEqual(['HandoffEscalated']);
  });

  it('and a second node stands by until the first is gone', async () => {
    await town.happens(...declined);
    const [first, second] = [town.node(), town.node()];
    town.now = at('2011-03-01 10:00');
    await first.look();
    await second.look();
    expect([first.status().state, second.status().state]).toEqual(['running', 'standingBy']);
    town.millis += 10_000; // The first was killed.
    await until('10:35', second);
    expect(second.status()).toMatchObject({ state: 'running', done: 1 });
  });
});

describe('The record decides', () => {
  it('nothing is decided on lists that are behind', async () => {
    await town.happens(...declined);
    await town.bringUpToDate();
    const node = town.node(town.execute, async () => false);
    await until('10:35', node);
    expect(node.status().state).toBe('waiting');
    expect(await town.done()).toEqual([]);
  });

  it('an answer that the lists do not show yet is an answer', async () => {
    await town.happens(...offered);
    await town.bringUpToDate();
    await town.happens(
      smith.said('HandoffAcknowledged', { handoffId: smith.handoff('a'), by: brixham }, '2011-03-01 10:10'),
    );
    town.now = at('2011-03-01 10:15');
    await town.node(town.execute, async () => true).look();
    expect(await town.done()).toEqual([]);
  });

  it('one that cannot be done does not hold up the others, and is tried again', async () => {
    const jones = person('Mr Jones');
    await town.happens(...declined, ...jones.referred('2011-02-28 10:00'), jones.offered('a', '2011-03-01 10:00'));
    await town.happens(jones.declined('a', '2011-03-01 10:06'));
    let failing = true;
    const node = town.node(async (command: Command, meta: CommandMeta) => {
      if (failing && (command as { handoffId?: string }).handoffId === smith.handoff('a')) throw new Error('disk full');
      return town.execute(command, meta);
    });
    await expect(until('10:40', node)).rejects.toThrow('disk full');
    expect(await town.done()).toEqual(['HandoffEscalated']);
    failing = false;
    await until('10:41', node);
    expect(await town.done()).toEqual(['HandoffEscalated', 'HandoffEscalated']);
  });

  it('goes on by itself, wakes when something changes, and stops when it is told', async () => {
    await town.happens(...declined);
    const node = town.node();
    town.now = at('2011-03-01 10:34');
    node.start();
    town.now = at('2011-03-01 10:35');
    node.wake();
    while ((await town.done()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await node.stop();
    expect(node.status().state).toBe('stopped');
    expect(await town.done()).toEqual(['HandoffEscalated']);
  });
});
