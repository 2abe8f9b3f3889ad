import { LRUCache } from 'lru-cache';
import type { Adapter, AdapterPayload } from 'oidc-provider';

/**
 * Where the development provider keeps its codes and sessions: memory, at most 1,000 entries. A restart loses them
 * and costs a click.
 */
export function memoryAdapter(): (model: string) => Adapter {
  const entries = new LRUCache<string, AdapterPayload>({ max: 1000 });
  return (model) => {
    const key = (id: string): string => `${model}:${id}`;
    return {
      async upsert(id, payload, expiresIn) {
        entries.set(key(id), payload, expiresIn ? { ttl: expiresIn * 1000 } : {});
      },
      async find(id) {
        return entries.get(key(id));
      },
      async findByUid(uid) {
        return [...entries.values()].find((payload) => payload.kind === model && payload.uid === uid);
      },
      async findByUserCode() {
        return undefined;
      },
      async consume(id) {
        const payload = entries.get(key(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      async destroy(id) {
        entries.delete(key(id));
      },
      async revokeByGrantId(grantId) {
        for (const [entry, payload] of [...entries]) if (payload.grantId === grantId) entries.delete(entry);
      },
    };
  };
}
