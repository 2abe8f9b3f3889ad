/** Test support: a stretch of network between a process and its server, to be cut. */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
}

export class Relay {
  private readonly pairs = new Set<Pair>();
  /** Connections whose other half is gone, and that are not told. */
  private readonly dead = new Set<Socket>();
  /** Nobody answers whoever comes. */
  private isSilent = false;
  private isRefusing = false;

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {
    server.on('connection', (near) => this.take(near));
  }

  static async to(target: number): Promise<Relay> {
    // A peer that closes its half may still be sent to.
    const server = createServer({ allowHalfOpen: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Relay(server, target);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The same address by way of this relay. */
  of(address: string): string {
    return address.replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${this.port}`);
  }

  /** From now on nothing passes, on old connections and on new ones, and nobody is told. */
  silence(): void {
    this.isSilent = true;
    for (const { near, far } of this.pairs) {
      near.unpipe(far).pause();
      far.unpipe(near).pause();
    }
  }

  /** The server has noticed that the others are gone, as it does by keepalives; those have not. */
  dropAtServer(): void {
    for (const { far } of this.pairs) far.resetAndDestroy();
  }

  /** What was under way is reset on both sides, and nobody gets through. */
  refuse(): void {
    this.isRefusing = true;
    for (const pair of this.pairs) this.reset(pair);
  }

  /**
   * New connections pass. Old ones go on with all that was sent meanwhile, or stay `dead` without a word, as where a
   * firewall between has forgotten them.
   */
  heal(old: 'goOn' | 'dead'): void {
    this.isSilent = this.isRefusing = false;
    for (const pair of this.pairs) {
      if (old === 'goOn') this.join(pair);
      else {
        this.pairs.delete(pair);
        pair.far.resetAndDestroy();
        this.dead.add(pair.near);
      }
    }
  }

  async stop(): Promise<void> {
    for (const pair of this.pairs) this.reset(pair);
    for (const near of this.dead) near.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take(near: Socket): void {
    near.on('error', () => undefined);
    if (this.isRefusing) return void near.resetAndDestroy();
    const far = connect({ port: this.target, host: '127.0.0.1', allowHalfOpen: true });
    const pair = { near, far };
    this.pairs.add(pair);
    far.on('error', () => undefined);
    near.on('close', () => this.dead.delete(near) || this.reset(pair));
    far.on('close', () => this.farClosed(pair));
    if (this.isSilent) for (const socket of [near, far]) socket.pause();
    else this.join(pair);
  }

  private join({ near, far }: Pair): void {
    near.pipe(far);
    far.pipe(near);
  }

  /** The other side hears of it, unless nothing passes. */
  private farClosed(pair: Pair): void {
    if (!this.pairs.has(pair)) return;
    if (!this.isSilent) return this.reset(pair);
    this.pairs.delete(pair);
    this.dead.add(pair.near);
  }

  private reset(pair: Pair): void {
    this.pairs.delete(pair);
    for (const socket of [pair.near, pair.far]) socket.resetAndDestroy();
  }
}
