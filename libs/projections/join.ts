import type { EventReader } from '#event-store';
import type { ReadModel } from './definition.js';
import type { ReadModelsPlace } from './place.js';
import { Announcer } from './postgres/announce.js';
import { FollowedProjector } from './postgres/followed.js';
import type { PostgresPlace } from './postgres/place.js';
import { startProjector, type Projector, type ProjectorHandle, type ProjectorSettings, type ProjectorStatus } from './projector.js';

export interface JoinOptions extends ProjectorSettings {
  readonly place: ReadModelsPlace;
  /** Of what is projected; not closed here. */
  readonly log: EventReader;
  readonly readModels: readonly ReadModel[];
  /** Whether this process may be the active projector; in a directory there is no other. */
  readonly works: boolean;
}

/**
 * The projector as this process sees it. Processes that share a database all hear the active one through it, that one's
 * own too; those that work stand by until it is their turn.
 */
export function joinProjection({ place, log, readModels, works, ...settings }: JoinOptions): Projector {
  if (!('postgres' in place)) return startProjector({ ...place, ...settings });
  const tables = readModels.flatMap((model) => model.tables.map(({ name }) => name));
  const followed = new FollowedProjector({ place: place.postgres, log, tables });
  const work = works ? startWork(place.postgres, settings) : undefined;
  return {
    changes$: followed.changes$,
    status: () => (work ? asStandby(work.status(), followed.status()) : followed.status()),
    freshness: () => followed.freshness(),
    waitFor: (position, timeoutMs) => followed.waitFor(position, timeoutMs),
    retryQuarantined: () => followed.retryQuarantined(),
    async stop() {
      await work?.stop();
      await followed.stop();
    },
  };
}

/** Said by the process itself, so that an operator can tell which of them works. */
export const asStandby = (own: ProjectorStatus, heard: ProjectorStatus): ProjectorStatus =>
  own.state === 'standby' && heard.state === 'running' ? { ...heard, state: 'standby' } : heard;

function startWork(postgres: PostgresPlace, settings: ProjectorSettings): Pick<ProjectorHandle, 'status' | 'stop'> {
  const projector = startProjector({ postgres, ...settings });
  const announcer = new Announcer(postgres, projector);
  return {
    status: () => projector.status(),
    async stop() {
      await projector.stop();
      await announcer.close();
    },
  };
}
