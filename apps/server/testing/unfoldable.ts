/** An entry that no fold can read: what a faulty release, or a hand in the store, might leave behind. */
import { randomUUID } from 'node:crypto';
import type { EventReader } from '#event-store';
import { deriveId, journeyStream, personStream, type Actor, type NewEvent } from '#kernel';

/** The journey's last entry once more as another, without its content. */
export async function unfoldable(
  reader: Pick<EventReader, 'readStream'>,
  journeyId: string,
): Promise<{ readonly stream: string; readonly event: NewEvent }> {
  const stream = journeyStream(journeyId);
  const { revision: _r, position: _p, ordinal: _o, stream: _s, ...last } = (await reader.readStream(stream)).at(-1)!;
  const ids = { eventId: randomUUID(), commandId: randomUUID() };
  return { stream, event: { ...last, ...ids, type: 'HandoffEscalated', schemaVersion: 1, data: null } };
}

/** The first entry of a journey of somebody who is registered, with content that nobody can read. */
export async function unreadableFirst(
  reader: Pick<EventReader, 'readStream'>,
  personId: string,
  { data = null, writer = {} }: { readonly data?: unknown; readonly writer?: Partial<Actor> } = {},
): Promise<{ readonly stream: string; readonly event: NewEvent; readonly journeyId: string }> {
  const [registration] = await reader.readStream(personStream(personId));
  const { revision: _r, position: _p, ordinal: _o, stream: _s, ...made } = registration!;
  const journeyId = deriveId('journey', randomUUID());
  const ids = { eventId: randomUUID(), commandId: randomUUID() };
  const event = { ...made, ...ids, actor: { ...made.actor, ...writer }, type: 'ReferralMade', schemaVersion: 1, data };
  return { stream: journeyStream(journeyId), event, journeyId };
}
