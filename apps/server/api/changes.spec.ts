import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { EMPTY } from 'rxjs';
import { personaOf } from '#access';
import type { Engine } from '../engine.js';
import type { SignedInRequest } from '../security/principal.js';
import { ChangesController } from './changes.controller.js';

/** Of an engine whose lists are five events behind, and that counts how often it is asked. */
function controller(answered: () => Promise<void> = async () => undefined) {
  const asked = { times: 0 };
  const reader = {
    withFreshness: async () => {
      asked.times++;
      await answered();
      return { freshness: { eventsBehind: 5 } };
    },
  };
  const engine = { reader, accessLog: { emergencies$: EMPTY } } as unknown as Engine;
  const changes = new ChangesController(engine);
  const page = () => {
    const heard: unknown[] = [];
    const principal = personaOf('coordinator-torbay')!;
    const reply = { raw: new ServerResponse(new IncomingMessage(new Socket())) };
    const open = changes.changes({ principal } as unknown as SignedInRequest, reply).subscribe((event) => heard.push(event));
    return { heard, close: () => open.unsubscribe() };
  };
  return { asked, page };
}

const heartbeat = { type: 'heartbeat', data: { eventsBehind: 5 } };
const seconds = (many: number) => jest.advanceTimersByTimeAsync(many * 1000);

describe('How far the lists are behind, told to pages that are open', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('is asked once for all of them, and each hears it', async () => {
    const { asked, page } = controller();
    const [first, second] = [page(), page()];
    await seconds(10);
    const later = page();
    await seconds(5);
    expect(asked.times).toBe(1);
    expect([first, second, later].map(({ heard }) => heard)).toEqual([[heartbeat], [heartbeat], [heartbeat]]);
    await seconds(30);
    expect(asked.times).toBe(3);
    [first, second, later].forEach(({ close }) => close());
  });

  it('is asked by nobody while no page is open, and again for the next one', async () => {
    const { asked, page } = controller();
    await seconds(60);
    expect(asked.times).toBe(0);
    const [one, other] = [page(), page()];
    await seconds(15);
    one.close();
    await seconds(15);
    expect(asked.times).toBe(2);
    other.close();
    await seconds(60);
    expect(asked.times).toBe(2);
    const again = page();
    await seconds(15);
    expect([asked.times, again.heard]).toEqual([3, [heartbeat]]);
    again.close();
  });

  it('is not asked again while the answer before is waited for', async () => {
    let answer = () => {};
    const { asked, page } = controller(() => new Promise<void>((resolve) => (answer = resolve)));
    const { heard, close } = page();
    await seconds(45);
    expect([asked.times, heard]).toEqual([1, []]);
    answer();
    await seconds(15);
    expect([asked.times, heard]).toEqual([2, [heartbeat]]);
    close();
  });
});
