import { effectiveHistory, refuse, sealedNames, type Decision, type Instant, type RecordedEvent } from '#kernel';
import type { correctionReasons } from '../codes.js';
import type { Context } from '../context.js';
import { given, happened, isSame } from '../event.js';
import { nothingMissing } from '../handoff/answer.js';
import { isLacking } from '../handoff/state.js';
import { pathwayRegistry, recordOf } from '../record/fold.js';
import type { PersonRecord } from '../record/state.js';
import { asMade, cameFrom } from './together.js';

type Reason = (typeof correctionReasons)[number];

/** The entry meant, among those that were handed in; undefined where it is none of them. */
export const entryOf = (entry: string, { recorded }: Context): RecordedEvent | undefined =>
  recorded.find(({ eventId }) => eventId === entry);

const isAboutEntries = (type: string): boolean =>
  ['EntryCorrected', 'EntryMarkedInError', 'EntriesMovedOut', 'EntryMovedIn'].includes(type);

/** Only who wrote it puts it right: somebody else's account is answered by one's own (FACTS 6, rectification). */
function changeable(entry: string, record: PersonRecord, context: Context, isTakenBack = false) {
  const found = entryOf(entry, context);
  if (!found) return refuse('entry-not-found', 'This record has no such entry.');
  if (record.voided.includes(entry)) return refuse('entry-void', 'That entry was taken back or moved already.');
  if (isAboutEntries(found.type) && !(isTakenBack && found.type === 'EntryMovedIn')) {
    return refuse('entry-not-correctable', 'A correction is put right by correcting the entry itself again.');
  }
  const { actor } = context;
  return actor.role === 'system' || found.actor.organisation === actor.organisation
    ? found
    : refuse('not-your-entry', `${found.actor.organisation} wrote that entry: ask them to put it right.`, {
        organisation: found.actor.organisation,
      });
}

/** Entries that do not fit, and journeys that were handed over without ever having been taken. */
function misfits(events: readonly RecordedEvent[], { personId }: PersonRecord): number {
  const { unplaced, journeys } = recordOf(personId, events);
  const baseless = Object.values(journeys).filter(
    ({ referral, handoffs }) => handoffs.length > 0 && !referral?.accepted,
  );
  return unplaced.length + baseless.length;
}

/** True where the rest of the history would no longer fit together. */
function contradicts(
  change: { readonly type: string; readonly data: object },
  found: RecordedEvent,
  record: PersonRecord,
  { recorded, now }: Context,
): boolean {
  const asWritten = { ...found, ...change, eventId: 'the change', schemaVersion: 1, occurredAt: now };
  return misfits([...recorded, asWritten], record) > misfits(recorded, record);
}

const firstPutRight = refuse(
  'correction-contradicts',
  'Later entries rest on this one, such as the answers to an offer: put those right first.',
);

export interface CorrectEntry {
  readonly entry: string;
  readonly reason: Reason;
  readonly detail?: string;
  /** When it really happened. */
  readonly happenedAt?: Instant;
  /** Fields that were wrong, as they should be. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Free text that was wrong, as it should be: ciphertext. */
  readonly words?: Readonly<Record<string, string>>;
}

/** Its content with all its corrections, and this one. */
const asItStands = (entry: string, fields: object, { recorded }: Context): object => ({
  ...(effectiveHistory(recorded, pathwayRegistry).find(({ eventId }) => eventId === entry)?.data as object),
  ...fields,
});

/** True where the entry, with all its corrections, says just that. */
function saysSo(entry: string, happenedAt: Instant | undefined, fields: object, { recorded }: Context): boolean {
  const stands = effectiveHistory(recorded, pathwayRegistry).find(({ eventId }) => eventId === entry);
  const data = (stands?.data ?? {}) as Record<string, unknown>;
  return (
    (happenedAt === undefined || stands?.occurredAt === happenedAt) &&
    Object.entries(fields).every(([field, value]) => isSame(data[field], value))
  );
}

/** ADR 0014: what somebody has read is not corrected in the past. */
const offersAreRevised = refuse(
  'offer-is-revised',
  'What an offer says is put right on the handover itself, so that whoever read it is told.',
);

/** Puts an entry right; the original stays for the auditor. */
export function correctEntry(command: CorrectEntry, record: PersonRecord, context: Context): Decision {
  const found = changeable(command.entry, record, context);
  if ('refused' in found) return found;
  const { happenedAt, words = {} } = command;
  const fields = { ...command.fields, ...words };
  const isOffer = found.type === 'HandoffOffered' || found.type === 'HandoffOfferRevised';
  if (isOffer && Object.keys(fields).length > 0) return offersAreRevised;
  const free = sealedNames(pathwayRegistry.definition(found.type).schema);
  const notFree = Object.keys(words).find((name) => !free.includes(name));
  if (notFree !== undefined) return refuse('correction-invalid', `The entry has no free text called ${notFree}.`);
  if (happenedAt !== undefined && happenedAt > context.now) {
    return refuse('occurred-in-future', 'It cannot have happened later than now.');
  }
  const problems = pathwayRegistry.problems(found.type, { ...(found.data as object), ...fields });
  if (problems.length > 0)
    return refuse('correction-invalid', `The corrected entry would not be right: ${problems.join('; ')}.`);
  if (happenedAt === undefined && Object.keys(fields).length === 0) {
    return refuse('nothing-corrected', 'Say what was wrong: the time, or a field.');
  }
  if (found.type === 'FirstContactRecorded' && ('missing' in fields || 'missingDetail' in fields)) {
    if (!isLacking(asItStands(found.eventId, fields, context))) return nothingMissing;
  }
  if (saysSo(found.eventId, happenedAt, fields, context)) return [];
  const correction = happened(
    'EntryCorrected',
    {
      entry: found.eventId,
      entryType: found.type,
      ...given({ occurredAt: happenedAt, detail: command.detail }),
      ...(Object.keys(fields).length > 0 && { data: { ...fields } }),
      reason: command.reason,
    },
    { occurredAt: context.now, precision: 'second' },
  );
  return contradicts(correction, found, record, context) ? firstPutRight : [correction];
}

export interface MarkEntryInError {
  readonly entry: string;
  readonly reason: Reason;
  readonly detail?: string;
}

/** Takes an entry back: it no longer counts, and stays for the auditor. */
export function markEntryInError(command: MarkEntryInError, record: PersonRecord, context: Context): Decision {
  const found = entryOf(command.entry, context);
  if (found && record.voided.includes(found.eventId)) return [];
  const entry = changeable(command.entry, record, context, true);
  if ('refused' in entry) return entry;
  const marked = happened(
    'EntryMarkedInError',
    {
      entry: entry.eventId,
      entryType: asMade(entry).type,
      reason: command.reason,
      ...given({ detail: command.detail }),
      ...(entry.type === 'EntryMovedIn' && { broughtHere: cameFrom(entry.data) }),
    },
    { occurredAt: context.now, precision: 'second' },
  );
  return contradicts(marked, entry, record, context) ? firstPutRight : [marked];
}
