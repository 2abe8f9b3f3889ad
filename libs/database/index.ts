export {
  DatabaseUnavailableError, NewerDatabaseError, OlderDatabaseError, type Database, type Kept, type Migration, type Place, type Queries,
} from './place.js';
export { isOfCertificate } from './certificate.js';
export { copyKept, OtherStateError, type CopiedKept } from './copy-kept.js';
export { Opening } from './opening.js';
export type { ColumnTypes } from './columns.js';
export { connectionTo, isAway, type PostgresAddress } from './postgres/address.js';
export { lookAtPostgres, lookInto, type Ask, type PostgresLook, type TakesNoWrites } from './postgres/look.js';
export { postgresPlace } from './postgres/postgres-place.js';
export { sqlitePlace } from './sqlite/sqlite-place.js';
