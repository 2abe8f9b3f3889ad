import { describe, expect, it } from '@jest/globals';
import { sleep } from './timing.js';
import { Slots, Turns } from './turns.js';

describe('work in turns', () => {
  it('runs one after the other for one key, failures too, and beside each other for others', async () => {
    const turns = new Turns();
    const log: string[] = [];
    const work = (name: string, millis: number) => async () => {
      log.push(`${name} begins`);
      await sleep(millis);
      log.push(`${name} ends`);
      if (name === 'a1') throw new Error('a1 failed');
      return name;
    };
    const a1 = turns.next('a', work('a1', 20));
    const a2 = turns.next('a', work('a2', 1));
    const b1 = turns.next('b', work('b1', 1));
    await expect(a1).rejects.toThrow('a1 failed');
    expect(await Promise.all([a2, b1])).toEqual(['a2', 'b1']);
    expect(log).toEqual(['a1 begins', 'b1 begins', 'b1 ends', 'a1 ends', 'a2 begins', 'a2 ends']);
  });

  it('never exceeds its slots, and frees them after failures', async () => {
    const slots = new Slots(3);
    let running = 0;
    let most = 0;
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => slots.use(async () => {
      most = Math.max(most, ++running);
      await sleep(1);
      running--;
      if (i % 4 === 0) throw new Error('failed');
    })));
    expect(most).toBe(3);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(5);
    expect(await slots.use(async () => 'free')).toBe('free');
  });
});
