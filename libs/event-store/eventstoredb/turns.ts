/** Work of one key runs one after the other, in the order it came; work of other keys does not wait for it. */
export class Turns {
  private readonly last = new Map<string, Promise<void>>();

  next<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(key);
    const turn = before ? before.then(work) : work();
    const end = (): void => {
      if (this.last.get(key) === over) this.last.delete(key);
    };
    const over = turn.then(end, end);
    this.last.set(key, over);
    return turn;
  }
}

/** At most `size` pieces of work at once; the others wait in line. */
export class Slots {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free++;
    }
  }
}
