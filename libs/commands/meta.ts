import type { Actor, Purpose } from '#kernel';
import type { Command } from './use-case.js';

/** What comes with a command and is not part of its content. */
export interface CommandMeta {
  /** The client's own: a repeat under the same id is answered with what was recorded (DESIGN 4). */
  readonly commandId: string;
  readonly actor: Actor;
  /** Teams that the actor speaks for. */
  readonly teams: readonly string[];
  readonly purpose: Purpose;
  /** `web`, `api`, `fhir:<file>` … */
  readonly source: string;
  /** Of the request or the process that this command belongs to; the command's own id when absent. */
  readonly correlationId?: string;
  /** The event that made somebody ask. */
  readonly causationId?: string;
  /** The revision that the decision was made on: another is `stale`, and nobody decides again. */
  readonly ifRevision?: number;
  /** Only whether it would be refused as the record stands: nothing is written. */
  readonly dryRun?: true;
}

/** The command bus carries a command alone; what comes with it travels beside it. */
const metas = new WeakMap<Command, CommandMeta>();

export const withMeta = <C extends Command>(command: C, meta: CommandMeta): C => {
  metas.set(command, meta);
  return command;
};

/** @throws Error the command was sent without */
export function metaOf(command: Command): CommandMeta {
  const meta = metas.get(command);
  if (!meta) throw new Error(`${command.constructor.name} was sent without what comes with it; see withMeta`);
  return meta;
}
