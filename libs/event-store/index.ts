export * from './port.js';
export { copyLog, OtherHistoryError, type Copied, type CopyProgress } from './copy/copy-log.js';
export { eventsUntil } from './copy/runs.js';
export {
  AddressError, lookAtNodes, openEventStoreDb, openRaw, readAddress as readEventStoreDbAddress, type EventStoreDb, type EventStoreDbAddress,
  type EventStoreDbOptions, type NodeAnswered, type NodeLook, type NodeTrouble,
} from './eventstoredb/index.js';
export { openKeptEventStore } from './kept/kept-store.js';
export { keptOfLog } from './kept/tables.js';
export { openMemoryEventStore } from './memory/memory-store.js';
export { NewerFormatError, StoreLockedError } from './sqlite/format.js';
export { openSqliteEventStore, type SqliteOptions } from './sqlite/sqlite-store.js';
export { MAX_PARTS, subjectHash } from './subject.js';
export { WriteBehind } from './write-behind/write-behind.js';
