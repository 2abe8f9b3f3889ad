import { addDays, civilDate, deriveId, hours, latest, londonInstant, minutes, plus, type CivilDate, type Instant } from '#kernel';
import type { Team } from '#pilots';
import type { Script } from './script.js';
import { order, orderKinds, supplier } from './words.js';

/** A moment at which a team has a reason to order something. */
export interface OrderMoment {
  readonly at: Instant;
  readonly by: Team;
  /** In that share of cases it does. */
  readonly share: number;
}

interface Lived {
  readonly journeyId: string;
  readonly moments: readonly OrderMoment[];
  /** When the person's death was written down. */
  readonly died: Instant | undefined;
}

/**
 * What teams order and what becomes of it (SCENARIOS, 10:15). Shares are plausible and no more: no source counts them.
 * Written beside the rest of the life, which goes on whether it comes or not.
 */
export function orders(script: Script, { journeyId, moments, died }: Lived): void {
  for (const [nth, { at, by, share }] of moments.entries()) {
    if (!script.aside.share(share)) continue;
    const place = script.beside(`order-${nth}`, plus(at, script.aside.whole(5, 45) * minutes(1)));
    if (died !== undefined && place.now >= died) continue;
    followed(place, { journeyId, by, died });
  }
}

/** One order: most come in time, some late, some not at first, some are cancelled; of whoever died all are. */
function followed(script: Script, { journeyId, by, died }: Omit<Lived, 'moments'> & { readonly by: Team }): void {
  const { chance } = script;
  const kind = chance.one(orderKinds);
  const day = civilDate(script.now);
  const promisedOn = addDays(day, kind === 'placement' ? chance.whole(2, 9) : chance.whole(1, 5));
  const commandId = script.tell({
    by,
    command: 'place-order',
    body: {
      journeyId,
      kind,
      what: order(chance, kind),
      ...(chance.share(0.9) && { supplier: supplier(chance, kind) }),
      ...(chance.share(0.93) && { promisedOn }),
    },
  });
  const about = { journeyId, order: deriveId('order', commandId) };

  /** @returns whether the person lived to see it: else it is cancelled instead */
  const on = (date: CivilDate, command: string, more: object = {}): boolean => {
    const at = latest(plus(script.now, minutes(1)), plus(londonInstant(date, '09:00'), chance.whole(0, 7 * 60) * minutes(1)));
    const isTooLate = died !== undefined && at >= died;
    script.now = isTooLate ? plus(died, chance.whole(2, 30) * hours(1)) : at;
    script.tell(
      isTooLate
        ? { by, command: 'cancel-order', body: { ...about, reason: 'died' } }
        : { by, command, body: { ...about, ...more } },
    );
    return !isTooLate;
  };

  const drawn = chance.whole(1, 100);
  if (drawn <= 70) {
    on(promisedOn, 'record-order-delivery');
  } else if (drawn <= 84) {
    on(addDays(promisedOn, chance.whole(1, 6)), 'record-order-delivery');
  } else if (drawn <= 92) {
    const reason = chance.one(['notInStock', 'notInStock', 'noRoom', 'notAtHome', 'wrongItem'] as const);
    const instead = addDays(promisedOn, chance.whole(2, 7));
    const failed = { reason, ...(chance.share(0.7) && { promisedOn: instead }) };
    if (on(promisedOn, 'record-order-failure', failed)) on(addDays(instead, chance.whole(0, 2)), 'record-order-delivery');
  } else {
    const reason = chance.one(['noLongerNeeded', 'personsChoice', 'orderedTwice'] as const);
    on(addDays(day, 1), 'cancel-order', { reason });
  }
}
