import { StoreUnavailableError } from '#event-store';

/**
 * Commands on one stream go one after the other in this process, so that they decide on each other's outcome at once
 * and do not conflict in the store. Other processes are kept apart by the expected revision alone.
 */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** @param patience milliseconds from when a command came until whoever waits for it is told; without an end when absent */
  constructor(private readonly patience = Infinity) {}

  /** @throws StoreUnavailableError where it is not done in time: it may be done later, or was never begun */
  async take<T>(stream: string, work: () => Promise<T>): Promise<T> {
    const came = performance.now();
    // Where the store is away those before it have taken all the time there was: nobody waits for this one any more.
    const inTurn = () => (performance.now() - came < this.patience ? work() : Promise.reject(tooLate()));
    const before = this.last.get(stream);
    const mine = before ? before.then(inTurn, inTurn) : work();
    this.last.set(stream, mine);
    const over = () => {
      if (this.last.get(stream) === mine) this.last.delete(stream);
    };
    mine.then(over, over);
    return this.patience === Infinity ? mine : within(this.patience, mine);
  }
}

async function within<T>(patience: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(tooLate()), patience);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

const tooLate = () => new StoreUnavailableError('the store did not answer in time, neither this command nor those before it');
