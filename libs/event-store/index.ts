export * from './port.js';
export { copyLog, OtherHistoryError, type Copied, type CopyProgress } from './copy/copy-log.js';
export { openEventStoreDb, type EventStoreDb, type EventStoreDbOptions } from './eventstoredb/index.js';
export { openMemoryEventStore } from './memory/memory-store.js';
export { NewerFormatError, StoreLockedError } from './sqlite/format.js';
export { openSqliteEventStore, type SqliteOptions } from './sqlite/sqlite-store.js';
export { MAX_PARTS } from './subject.js';
export { WriteBehind } from './write-behind/write-behind.js';
