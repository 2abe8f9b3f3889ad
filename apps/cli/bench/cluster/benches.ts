/**
 * The cluster profile, in this order: the copy fills the log that is rebuilt and written to, and what the last writes is
 * of no programme. So each run begins with empty servers.
 */
import type { Bench, Figure } from '../figure.js';
import { inProcess } from '../processes.js';
import { programmeStore, withEmpty } from '../programme-store.js';
import type { ClusterQuestion } from './cluster-process.js';
import type { ClusterServers } from './servers.js';

const measured = (what: ClusterQuestion['what'], servers: ClusterServers): Bench => async ({ events }) => {
  const dataDir = await programmeStore(events);
  return withEmpty((scratch) => inProcess<ClusterQuestion, Figure>('cluster/cluster-process', { what, servers, dataDir, scratch }));
};

export const clusterBenches = (servers: ClusterServers): Readonly<Record<string, Bench>> => ({
  'cluster-copy': measured('copy', servers),
  'cluster-rebuild': measured('rebuild', servers),
  'cluster-commands': measured('commands', servers),
  'cluster-appends': measured('appends', servers),
});
