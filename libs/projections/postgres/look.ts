/** How the read models in a PostgreSQL database stand, for somebody who only looks: no lock, and nothing is written. */
import type { Ask } from '#database';
import type { EventReader, Position } from '#event-store';
import { firstEventOf } from './log-id.js';
import { lockedBy } from './generations.js';
import { schemaOf, spaceOf, type PostgresPlace } from './place.js';
import { inSchema } from './schema.js';

export interface ProjectorLook {
  /** As the process names itself, and the address that it connects from; null where only the server's own user may know. */
  readonly process: string | null;
  readonly address: string | null;
  /** Since when it is connected. */
  readonly since: Date | null;
}

export interface ReadModelsLook {
  /** Undefined while none is at work. */
  readonly projector: ProjectorLook | undefined;
  /** Undefined before the first build. */
  readonly served:
    | {
        readonly generation: string;
        readonly isOfThisLog: boolean;
        readonly position: Position | undefined;
        readonly ordinal: number;
        /** Why it goes no further until another release. */
        readonly stopped: string | undefined;
        /** Subjects that could not be folded. */
        readonly incomplete: number;
        /** False where another lies beside it, in the making or for a trial: what is served may stand still so long. */
        readonly isAlone: boolean;
      }
    | undefined;
}

interface Checkpoint {
  readonly position: string | null;
  readonly ordinal: number;
  readonly stopped: string | null;
  readonly incomplete: number;
}

/** @param log that which is projected there */
export async function lookAtReadModels(ask: Ask, place: Pick<PostgresPlace, 'space'>, log: EventReader): Promise<ReadModelsLook> {
  const space = spaceOf(place);
  const { sql, values } = lockedBy(space);
  const [projector] = await ask<{ process: string | null; address: string | null; since: Date | null }>(sql, values);
  const pointer = inSchema(space, 'served');
  const [{ there } = { there: false }] = await ask<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [pointer]);
  const [row] = there ? await ask<{ name: string; log: string | null }>(`SELECT name, log FROM ${pointer}`) : [];
  if (!row) return { projector, served: undefined };
  const schema = schemaOf(space, row.name);
  const [at] = await ask<Checkpoint>(
    `SELECT position, ordinal, stopped, (SELECT count(DISTINCT subject) FROM ${inSchema(schema, 'quarantine')}) AS incomplete
     FROM ${inSchema(schema, 'checkpoint')}`,
  );
  const { position, ordinal, stopped, incomplete } = at!;
  const [beside] = await ask<{ others: number }>(
    'SELECT count(*) AS others FROM pg_namespace WHERE starts_with(nspname, $1) AND nspname <> $2', [schemaOf(space, ''), schema],
  );
  return {
    projector,
    served: {
      generation: row.name,
      isOfThisLog: row.log === null || row.log === (await firstEventOf(log)()),
      position: position ?? undefined,
      ordinal,
      stopped: stopped ?? undefined,
      incomplete,
      isAlone: beside!.others === 0,
    },
  };
}
