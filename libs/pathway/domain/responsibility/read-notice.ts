import { latest, refuse, type Decision } from '#kernel';
import type { NoticeKind } from '../codes.js';
import type { Context } from '../context.js';
import { happened } from '../event.js';
import { onHandoff, type OnHandoff } from '../handoff/policies.js';
import { happenedByNow, speaksFor, unless } from '../policies.js';
import type { PersonRecord } from '../record/state.js';
import { nameOf } from '../words.js';
import { noticesOf, type Notice } from './notices.js';

export interface ReadHandoffNotice extends OnHandoff {
  readonly notice: NoticeKind;
}

const isFor = ({ audience, to }: Notice, context: Context): boolean =>
  audience === 'team'
    ? speaksFor(context, to)
    : context.actor.role === 'system' ||
      (context.actor.role === 'dutyManager' && context.actor.organisation === to.organisation);

/** Whoever was told says that they know. */
export const readHandoffNotice = (command: ReadHandoffNotice, record: PersonRecord, context: Context): Decision =>
  onHandoff(command, record, context, (about) =>
    unless(about, [happenedByNow], ({ journey, handoff: { handoffId } }) => {
      const found = noticesOf(record, journey).findLast(
        ({ kind, handoff }) => kind === command.notice && handoff.handoffId === handoffId,
      );
      if (!found) return refuse('notice-gone', 'There is no such notice any more: load the list again.');
      if (!isFor(found, context)) {
        const whose = found.audience === 'team' ? nameOf(found.to.team, context) : 'the duty manager';
        return refuse('not-your-notice', `This notice is for ${whose}: only they can say that they have read it.`);
      }
      if (found.read) return [];
      const occurredAt = latest(context.occurredAt, found.at);
      return [happened('HandoffNoticeRead', { handoffId, notice: command.notice }, { occurredAt })];
    }),
  );
