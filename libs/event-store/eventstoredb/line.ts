import { StoreUnavailableError } from '../port.js';
import type { Target } from './address.js';
import { describeError, PositionGoneError, verdictOn } from './errors.js';
import { Nodes } from './nodes.js';
import { Session } from './session.js';
import { Backoff, sleep, withTimer } from './timing.js';

export interface Limits {
  /** Milliseconds without an answer after which a connection is given up. */
  readonly attemptTimeout: number;
  /** Milliseconds a call may take with all its attempts. */
  readonly patience: number;
  /** Milliseconds of silence after which a subscription asks whether its connection is alive. */
  readonly idleProbe: number;
}

export const defaultLimits: Limits = { attemptTimeout: 4_000, patience: 30_000, idleProbe: 5_000 };

const LONGEST_PAUSE = 1_000;

/** One connection at a time, replaced when it fails; calls are repeated until they are answered or patience ends. */
export class Line {
  private current: Session | undefined;
  private ending: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(
    private readonly target: Target,
    readonly limits: Limits,
    private readonly nodes = new Nodes(target),
  ) {}

  /** The moment, in `Date.now()` terms, at which a call that begins now gives up. */
  deadline(): number {
    return Date.now() + this.limits.patience;
  }

  /**
   * Runs `action` on the line until the server has answered, yes or no. The action must be safe to repeat; it calls
   * `alive` whenever it hears of the server.
   * @param onDoubt told of each failed attempt: what it was to do may have been done
   * @throws StoreUnavailableError, PositionGoneError, and what the server answered
   */
  async call<T>(
    what: string,
    deadline: number,
    action: (session: Session, alive: () => void) => Promise<T>,
    onDoubt?: () => void,
  ): Promise<T> {
    let backoff: Backoff | undefined;
    for (;;) {
      const session = this.current ?? (await this.session());
      try {
        return await withTimer(this.limits.attemptTimeout, (alive) => action(session, alive));
      } catch (error) {
        const verdict = verdictOn(error);
        if (verdict === 'answer' || verdict === 'fail') throw error;
        onDoubt?.();
        if (verdict !== 'again') this.giveUp(session);
        const wait = (backoff ??= new Backoff(LONGEST_PAUSE)).next();
        if (this.closed || Date.now() + wait > deadline) {
          if (error instanceof PositionGoneError) throw error;
          throw new StoreUnavailableError(`${what}: ${describeError(error)}`, { cause: error });
        }
        await sleep(wait);
      }
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.current) this.giveUp(this.current);
    await this.ending;
  }

  private async session(): Promise<Session> {
    // Never two append streams at once: the old one must have ended before the next opens (pitfall P9).
    await this.ending;
    if (this.closed) throw new StoreUnavailableError('the event store has been closed');
    this.current ??= new Session(this.target, this.nodes);
    return this.current;
  }

  private giveUp(session: Session): void {
    if (this.current !== session) return;
    this.current = undefined;
    session.blame();
    this.ending = session.end();
  }
}
