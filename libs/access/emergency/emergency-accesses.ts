import type { SQLInputValue } from 'node:sqlite';
import type { EventReader } from '#event-store';
import type { Instant, RecordedEvent } from '#kernel';
import { LogRows } from '../log/log-rows.js';
import { accessIn, evolve, isInForce, isReviewed, type EmergencyAccess } from './access.js';

const SCHEMA = `
  create table if not exists emergency_access (
    access text primary key, ordinal integer not null, opened integer not null, staff text not null,
    journey text not null, pilot text, reviewed integer not null, entry text not null
  ) strict, without rowid;
  create index if not exists emergency_access_grant on emergency_access (journey, staff);
  create index if not exists emergency_access_queue on emergency_access (reviewed, opened);
`;

/** Whose accesses: those that an organisation was told of, those on journeys of a pilot, or every one. */
export type AccessScope =
  | { readonly kind: 'organisation'; readonly organisation: string }
  | { readonly kind: 'pilot'; readonly pilot: string }
  | { readonly kind: 'all' };

/**
 * Emergency access across all nodes, made out of the access log alone: it needs no read model of care, so that nobody
 * is denied because those lag or stand still (FACTS 6, H9).
 */
export class EmergencyAccesses {
  private readonly rows: LogRows;

  /** @param file `emergency-access.db`; @param store the access log's */
  constructor(file: string, store: EventReader) {
    this.rows = new LogRows(file, SCHEMA, store, (event) => this.take(event));
  }

  /** The access under which this member of staff may read the journey now. */
  async inForce(staff: string, journey: string, now: Instant): Promise<EmergencyAccess | undefined> {
    const found = await this.find('journey = ? and staff = ? order by opened desc', [journey, staff]);
    return found.find((access) => isInForce(access, now));
  }

  async one(access: string): Promise<EmergencyAccess | undefined> {
    const [found] = await this.find('access = ?', [access]);
    return found;
  }

  /** Of one journey, the newest first. */
  ofJourney(journey: string): Promise<readonly EmergencyAccess[]> {
    return this.find('journey = ? order by opened desc', [journey]);
  }

  /** Those that wait to be reviewed, the oldest first. */
  waiting(scope: AccessScope): Promise<readonly EmergencyAccess[]> {
    const { sql, params } = inScope(scope);
    return this.find(`reviewed = 0 and ${sql} order by opened`, params);
  }

  /** Those that were reviewed, the newest first. */
  reviewed(scope: AccessScope, limit: number): Promise<readonly EmergencyAccess[]> {
    const { sql, params } = inScope(scope);
    return this.find(`reviewed = 1 and ${sql} order by opened desc limit ?`, [...params, limit]);
  }

  /** Reads the log to its end, so that the first question need not: after the file was deleted that is all of it. */
  catchUp(): Promise<void> {
    return this.rows.catchUp();
  }

  close(): void {
    this.rows.close();
  }

  private async find(where: string, params: readonly SQLInputValue[]): Promise<readonly EmergencyAccess[]> {
    await this.rows.catchUp();
    const found = this.rows.statement(`select entry from emergency_access where ${where}`).all(...params);
    return found.map(({ entry }) => JSON.parse(entry as string) as EmergencyAccess);
  }

  private take(event: RecordedEvent): void {
    const id = accessIn(event);
    if (id === undefined) return;
    const row = this.rows.statement('select ordinal, opened, entry from emergency_access where access = ?').get(id) as
      { ordinal: number; opened: number; entry: string } | undefined;
    if (row && row.ordinal >= event.ordinal) return;
    const access = evolve(row && (JSON.parse(row.entry) as EmergencyAccess), event);
    if (!access) return;
    const { staff, journey, pilot } = access;
    this.rows
      .statement('insert or replace into emergency_access values (?, ?, ?, ?, ?, ?, ?, ?)')
      .run(
        id,
        event.ordinal,
        row?.opened ?? event.ordinal,
        staff,
        journey,
        pilot ?? null,
        isReviewed(access) ? 1 : 0,
        JSON.stringify(access),
      );
  }
}

function inScope(scope: AccessScope): { readonly sql: string; readonly params: readonly string[] } {
  switch (scope.kind) {
    case 'organisation':
      return {
        sql: `exists (select 1 from json_each(entry, '$.told') where value ->> 'organisation' = ?)`,
        params: [scope.organisation],
      };
    case 'pilot':
      return { sql: 'pilot = ?', params: [scope.pilot] };
    case 'all':
      return { sql: 'true', params: [] };
  }
}
