/**
 * The promises of the port, executable. Every adapter calls this once from its own spec file; rows A1 to F are named
 * in docs/event-store.md.
 */
import { afterAll, beforeAll, describe } from '@jest/globals';
import { concurrency } from './concurrency.js';
import { content } from './content.js';
import type { Contract, Harness } from './harness.js';
import { idempotency } from './idempotency.js';
import { limits } from './limits.js';
import { reading } from './reading.js';
import { revisions } from './revisions.js';
import { subscriptions } from './subscriptions.js';

export type { Harness } from './harness.js';

export interface ContractOptions {
  /** Runs of each property; fewer for a store behind a network. */
  readonly runs?: number;
  /** Milliseconds one test may take. */
  readonly timeout?: number;
}

export function describeEventStore(
  name: string,
  open: () => Promise<Harness>,
  { runs = 30, timeout = 30_000 }: ContractOptions = {},
): void {
  describe(`the event store on ${name}`, () => {
    let opened: Harness | undefined;
    beforeAll(async () => {
      opened = await open();
    }, 120_000);
    afterAll(async () => {
      await opened?.close();
    }, 60_000);

    const contract: Contract = {
      runs,
      timeout,
      harness() {
        if (!opened) throw new Error('the store did not open');
        return opened;
      },
    };
    for (const concern of [revisions, idempotency, reading, subscriptions, content, limits, concurrency]) {
      concern(contract);
    }
  });
}
