/** What touches the servers, in a process of its own: ours and the bare client take turns in it. */
import { answering } from '../processes.js';
import { measureAppends } from './appends.js';
import { measureCommands } from './commands.js';
import { measureCopy } from './copy.js';
import { measureClusterRebuild } from './rebuild.js';
import type { ClusterServers } from './servers.js';

export interface ClusterQuestion {
  readonly what: keyof typeof works;
  readonly servers: ClusterServers;
  /** The simulated programme: its log, its read models, its keys. */
  readonly dataDir: string;
  /** Empty, and thrown away afterwards. */
  readonly scratch: string;
}

const works = {
  copy: measureCopy,
  rebuild: measureClusterRebuild,
  commands: measureCommands,
  appends: measureAppends,
} as const;

answering(async ({ what, ...question }: ClusterQuestion) => works[what](question));
