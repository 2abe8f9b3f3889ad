import type { DatabaseSync } from 'node:sqlite';
import { BroadcastChannel } from 'node:worker_threads';
import type { Bell } from '../follow.js';

/** All threads of a process that have the log at `file` open hear of every commit here. */
export const commitsChannel = (file: string): BroadcastChannel => new BroadcastChannel(`throughcare:log:${file}`);

const SHORTEST_POLL = 5;
const LONGEST_POLL = 100;

/**
 * Rings when the writer of this process commits. A writer in another process cannot be heard: while somebody waits,
 * the file is asked too, less and less often as long as nothing comes.
 */
export class LogBell implements Bell {
  rings = 0;
  private readonly channel: BroadcastChannel;
  private readonly sleepers = new Set<() => void>();
  private readonly dataVersion: () => unknown;
  private lastVersion: unknown;
  private poll: NodeJS.Timeout | undefined;

  constructor(db: DatabaseSync, file: string) {
    const statement = db.prepare('PRAGMA data_version');
    this.dataVersion = () => statement.get()?.['data_version'];
    this.lastVersion = this.dataVersion();
    this.channel = commitsChannel(file);
    this.channel.onmessage = () => this.ring();
    this.channel.unref();
  }

  async wait(seen: number, signal: AbortSignal): Promise<void> {
    if (this.rings > seen || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        this.sleepers.delete(wake);
        signal.removeEventListener('abort', wake);
        if (this.sleepers.size === 0) this.stopPolling();
        resolve();
      };
      this.sleepers.add(wake);
      signal.addEventListener('abort', wake);
      if (!this.poll) this.pollAfter(SHORTEST_POLL);
    });
  }

  /** Wakes everybody for the last time. */
  close(): void {
    this.ring();
    this.channel.close();
  }

  private ring(): void {
    this.rings++;
    for (const wake of this.sleepers) wake();
  }

  private pollAfter(delay: number): void {
    this.poll = setTimeout(() => {
      const version = this.dataVersion();
      const changed = version !== this.lastVersion;
      this.lastVersion = version;
      if (changed) this.ring();
      else this.pollAfter(Math.min(delay * 2, LONGEST_POLL));
    }, delay);
  }

  private stopPolling(): void {
    clearTimeout(this.poll);
    this.poll = undefined;
  }
}
