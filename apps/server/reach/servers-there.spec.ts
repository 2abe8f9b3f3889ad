import { describe, expect, it } from '@jest/globals';
import { ServerAwayError, serversThere, type Needed } from './servers-there.js';

const quick = { within: 400, askEvery: 5, sayEvery: 60_000 };
const starting = { says: 'it is starting up', stays: false };

/** Answers one after the other, the last again and again. */
function server(name: string, ...answers: readonly (Awaited<ReturnType<Needed['ask']>>)[]) {
  const seen = { asked: 0, closed: 0 };
  const needed: Needed = {
    name,
    ask: async () => answers[Math.min(seen.asked++, answers.length - 1)],
    close: async () => void seen.closed++,
  };
  return { ...needed, seen };
}
const wait = async (...needed: readonly Needed[]) => {
  const said: string[] = [];
  const outcome = await serversThere(needed, (words) => said.push(words), quick).then(() => 'there', (error: unknown) => error);
  return { said, outcome };
};

describe('A process that starts', () => {
  it('says nothing where its servers are there', async () => {
    const one = server('A', undefined);
    expect(await wait(one)).toEqual({ said: [], outcome: 'there' });
    expect(one.seen).toEqual({ asked: 1, closed: 1 });
  });

  it('says what it waits for, once for each reason, and goes on when it has come', async () => {
    const listens = { says: 'nothing listens there', stays: false };
    const { said, outcome } = await wait(server('A', listens, listens, starting, starting, undefined), server('B', starting, undefined));
    expect(outcome).toBe('there');
    expect(said.toSorted()).toEqual(['waiting for A: it is starting up', 'waiting for A: nothing listens there', 'waiting for B: it is starting up']);
  });

  it('ends in plain words where it does not come, and asks nobody any more', async () => {
    const [never, there] = [server('A', starting), server('B', undefined)];
    const { outcome } = await wait(never, there);
    expect(outcome).toBeInstanceOf(ServerAwayError);
    expect((outcome as Error).message).toBe('A did not take us in within 0 seconds: it is starting up');
    const { asked } = never.seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([never.seen, there.seen.closed]).toEqual([{ asked, closed: 1 }, 1]);
  });

  it('does not wait where that would not help', async () => {
    const { said, outcome } = await wait(server('A', starting), server('B', { says: 'the password is not taken', stays: true }));
    expect((outcome as Error).message).toBe('B: the password is not taken');
    expect(said).toEqual(['waiting for A: it is starting up']);
  });
});
