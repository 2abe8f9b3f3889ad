/**
 * Commands on one stream go one after the other in this process, so that they decide on each other's outcome at once
 * and do not conflict in the store. Other processes are kept apart by the expected revision alone.
 */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  async take<T>(stream: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(stream);
    const mine = before ? before.then(work, work) : work();
    this.last.set(stream, mine);
    try {
      return await mine;
    } finally {
      if (this.last.get(stream) === mine) this.last.delete(stream);
    }
  }
}
