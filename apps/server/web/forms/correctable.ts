/**
 * What of an entry can be put right: the questions of its own form, asked again. Words in free text are not among
 * them: an entry whose words are wrong is taken back and written anew.
 */
import { civilDate, isCivilDate, isInstant } from '#kernel';
import { handoffOf, type Team } from '#pathway';
import { teamAsOf } from '#pilots';
import { checkAnswers, postedDay, postedMoment, type Answers, type CheckedAnswer, type Field, type Posted } from '#web';
import { teamName } from '../record/teams.js';
import { referralFields } from '../referral/referral.forms.js';
import { accept, decline, firstContact } from './answer.forms.js';
import type { FormSubject } from './journey-form.js';
import { close, contact, declineReferral, pause, plan, review } from './journey.forms.js';
import { withdraw } from './sender.forms.js';
import { admission, death, discharge, transfer } from './stay.forms.js';

interface Correctable {
  /** All questions of the form that wrote it. */
  fields(subject: FormSubject): readonly Field[];
  /** Those that are asked again; each is a field of the entry. */
  readonly asks: readonly string[];
}

const correctable: Readonly<Record<string, Correctable>> = {
  ReferralMade: { fields: ({ principal, now }) => referralFields(principal, now), asks: ['referrer', 'urgency'] },
  ReferralDeclined: { fields: declineReferral.fields, asks: ['reason'] },
  HandoffAccepted: { fields: accept.fields, asks: ['effect', 'effectAt', 'expectedOn'] },
  HandoffDeclined: { fields: decline.fields, asks: ['reason'] },
  HandoffWithdrawn: { fields: withdraw.fields, asks: ['reason'] },
  FirstContactRecorded: { fields: firstContact.fields, asks: ['mode'] },
  ContactRecorded: { fields: contact.fields, asks: ['mode', 'kind'] },
  CarePlanAgreed: { fields: plan.fields, asks: ['reviewBy'] },
  CarePlanReviewed: { fields: review.fields, asks: ['reviewBy'] },
  Admitted: { fields: admission.fields, asks: ['ward', 'method'] },
  Transferred: { fields: transfer.fields, asks: ['ward'] },
  Discharged: { fields: discharge.fields, asks: ['destination', 'expectedReceiver'] },
  PersonDied: { fields: death.fields, asks: ['place'] },
  JourneyPaused: { fields: pause.fields, asks: ['reason', 'until'] },
  JourneyClosed: { fields: close.fields, asks: ['reason'] },
};

/** The form that corrects has a reason of its own. */
const named = (name: string): string => `is-${name}`;

type Content = Readonly<Record<string, unknown>>;

const contentOf = ({ entry }: FormSubject): Content => (entry?.data ?? {}) as Content;

const isTeam = (value: unknown): value is Team => typeof value === 'object' && value !== null && 'team' in value;

/** As the form would have it. */
const asAnswer = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : isTeam(value) ? value.team : undefined;

/** Days that lay ahead when it was written may have passed since. */
function withoutEarliest(field: Field): Field {
  if (field.kind !== 'day' && field.kind !== 'moment') return field;
  const { earliest: _, ...asked } = field;
  return asked;
}

/** The entry's own questions; none where only its time can be put right. `choice` is the answer that asks them. */
export function contentFields(subject: FormSubject, choice: { field: string; is: string }): readonly Field[] {
  const found = correctable[subject.entry?.type ?? ''];
  if (!found) return [];
  const { handoffId } = contentOf(subject);
  const handoff = typeof handoffId === 'string' ? handoffOf(subject.journey, handoffId) : undefined;
  return found
    .fields({ ...subject, ...(handoff && { handoff }) })
    .filter(({ name }) => found.asks.includes(name))
    .map((field): Field => ({
      ...withoutEarliest(field),
      name: named(field.name),
      when: field.when
        ? { field: named(field.when.field), is: field.when.is }
        : { field: choice.field, is: [choice.is] },
    }));
}

/** What the entry says now, filled in. */
export const contentNow = (subject: FormSubject): Posted =>
  Object.assign(
    {},
    ...Object.entries(contentOf(subject)).map(([name, value]): Posted => {
      const text = asAnswer(value);
      if (text === undefined) return {};
      if (isInstant(text)) return postedMoment(named(name), text);
      return isCivilDate(text) ? postedDay(named(name), text) : { [named(name)]: text };
    }),
  ) as Posted;

const teamThen = (id: string, { entry, now }: FormSubject): Team | undefined => {
  const found = teamAsOf(id, civilDate(entry?.occurredAt ?? now)) ?? teamAsOf(id, civilDate(now));
  return found && { team: found.id, organisation: found.organisation, sector: found.sector };
};

/** Fields of the entry that the answers change, as the entry holds them. */
export function contentChanged(answers: Answers, subject: FormSubject): Content {
  const now = contentOf(subject);
  const asks = correctable[subject.entry?.type ?? '']?.asks ?? [];
  const changed = asks.flatMap((name): readonly (readonly [string, unknown])[] => {
    const answer = answers[named(name)];
    if (answer === undefined || answer === asAnswer(now[name])) return [];
    if (name !== 'ward' && name !== 'expectedReceiver') return [[name, answer]];
    const team = teamThen(answer, subject);
    if (!team) return [];
    return name === 'ward'
      ? [
          ['ward', team],
          ['hospital', team.organisation],
        ]
      : [[name, team]];
  });
  return Object.fromEntries(changed);
}

/** What it said before, for the page on which the change is checked. */
export function contentBefore(
  answers: Answers,
  subject: FormSubject,
  fields: readonly Field[],
): readonly Pick<CheckedAnswer, 'label' | 'text'>[] {
  const now = contentOf(subject);
  const changed = contentChanged(answers, subject);
  const asked = fields.map(({ when: _, ...field }) => field as Field);
  const before = Object.fromEntries(
    Object.entries(now).flatMap(([name, value]) => {
      const text = asAnswer(value);
      return text === undefined ? [] : [[named(name), text]];
    }),
  );
  return checkAnswers(asked, before)
    .map(({ label, text }, i) => ({ label, text, name: asked[i]!.name.slice(named('').length) }))
    .filter(({ name }) => name in changed)
    .map(({ label, text, name }) => {
      const value = now[name];
      return { label: `Before: ${label}`, text: isTeam(value) ? teamName(value, subject.now) : text };
    });
}
