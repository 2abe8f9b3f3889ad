import { LRUCache } from 'lru-cache';
import { minutes } from '#kernel';

const MOST = 30;
const ADDRESSES = 10_000;

/**
 * Slows down whoever tries addresses of links: so many failures a minute from one place. A link's own lock counts in
 * the record and does not forget; this is only for those who have no link.
 */
export class Failures {
  private readonly counted = new LRUCache<string, number>({ max: ADDRESSES, ttl: minutes(1) });

  tooMany(from: string): boolean {
    return (this.counted.get(from) ?? 0) >= MOST;
  }

  add(from: string): void {
    this.counted.set(from, (this.counted.get(from) ?? 0) + 1, { noUpdateTTL: true });
  }
}
