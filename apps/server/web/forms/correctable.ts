/** What of an entry can be put right: the questions of its own form, asked again. An offer has a form of its own. */
import { civilDate, isCivilDate, isInstant, sealedNames } from '#kernel';
import { handoffOf, pathwayRegistry, type Team } from '#pathway';
import { teamAsOf } from '#pilots';
import { checkAnswers, postedDay, postedMoment, type Answers, type CheckedAnswer, type Field, type Posted } from '#web';
import { place } from '../orders/order.forms.js';
import { teamName } from '../record/teams.js';
import { referralFields } from '../referral/referral.forms.js';
import { accept, decline, firstContact } from './answer.forms.js';
import { asTyped, inTheClear, type FormSubject } from './journey-form.js';
import { consent } from './consent.form.js';
import { contact, plan, review } from './care.forms.js';
import { close, pause } from './journey.forms.js';
import { withdraw } from './sender.forms.js';
import { admission, death, discharge, notReady, transfer } from './stay.forms.js';
import { declineReferral, passOn } from './taking.forms.js';
import { report } from './telephone.forms.js';

interface Correctable {
  /** All questions of the form that wrote it. */
  fields(subject: FormSubject): readonly Field[];
  /** Those that are asked again; each is a field of the entry. */
  readonly asks: readonly string[];
}

const correctable: Readonly<Record<string, Correctable>> = {
  ReferralMade: {
    fields: ({ principal, now }) => referralFields(principal, now),
    asks: ['referrer', 'urgency', 'reason'],
  },
  ReferralDeclined: { fields: declineReferral.fields, asks: ['reason', 'detail'] },
  ReferralRedirected: { fields: passOn.fields, asks: ['detail'] },
  HandoffAccepted: { fields: accept.fields, asks: ['effect', 'effectAt', 'expectedOn'] },
  HandoffDeclined: { fields: decline.fields, asks: ['reason', 'detail'] },
  HandoffWithdrawn: { fields: withdraw.fields, asks: ['reason'] },
  HandoffAnswerReported: { fields: report.fields, asks: ['spokenTo'] },
  FirstContactRecorded: { fields: firstContact.fields, asks: ['mode', 'asDescribed', 'missing', 'missingDetail'] },
  ContactRecorded: { fields: contact.fields, asks: ['mode', 'kind', 'note'] },
  CarePlanAgreed: { fields: plan.fields, asks: ['goals', 'reviewBy'] },
  CarePlanReviewed: { fields: review.fields, asks: ['changes', 'reviewBy'] },
  OrderPlaced: { fields: place.fields, asks: ['what', 'supplier', 'promisedOn', 'urgency'] },
  ConsentRecorded: { fields: consent.fields, asks: ['note'] },
  Admitted: { fields: admission.fields, asks: ['ward', 'method'] },
  Transferred: { fields: transfer.fields, asks: ['ward'] },
  Discharged: { fields: discharge.fields, asks: ['destination', 'expectedReceiver'] },
  ReadinessWithdrawn: { fields: notReady.fields, asks: ['detail'] },
  PersonDied: { fields: death.fields, asks: ['place'] },
  JourneyPaused: { fields: pause.fields, asks: ['reason', 'until'] },
  JourneyClosed: { fields: close.fields, asks: ['reason', 'agreedWith'] },
};

/** The form that corrects has a reason of its own. */
const named = (name: string): string => `is-${name}`;

const asksOf = ({ entry }: FormSubject): readonly string[] => correctable[entry?.type ?? '']?.asks ?? [];

type Content = Readonly<Record<string, unknown>>;

const contentOf = ({ entry }: FormSubject): Content => (entry?.data ?? {}) as Content;

const isTeam = (value: unknown): value is Team => typeof value === 'object' && value !== null && 'team' in value;

/** Names of the entry's free text. */
const freeText = ({ entry }: FormSubject): readonly string[] =>
  entry ? sealedNames(pathwayRegistry.definition(entry.type).schema) : [];

/** As the form would have it: words in the clear. */
const asAnswer = (value: unknown, { read }: FormSubject): string | undefined => {
  if (typeof value === 'string') return inTheClear(value, read);
  return isTeam(value) ? value.team : undefined;
};

/** Words that stand there can be written anew and not be left out (ADR 0014). */
const stillAsked = (field: Field, said: unknown): Field =>
  (field.kind === 'words' || field.kind === 'text') && said !== undefined && field.missing === undefined
    ? { ...field, missing: `Enter what it should say: ${field.label.toLowerCase()}` }
    : field;

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
      ...stillAsked(withoutEarliest(field), contentOf(subject)[field.name]),
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
      const text = asAnswer(value, subject);
      if (text === undefined) return {};
      if (isInstant(text)) return postedMoment(named(name), text);
      return isCivilDate(text) ? postedDay(named(name), text) : { [named(name)]: text };
    }),
  ) as Posted;

const teamThen = (id: string, { entry, now }: FormSubject): Team | undefined => {
  const found = teamAsOf(id, civilDate(entry?.occurredAt ?? now)) ?? teamAsOf(id, civilDate(now));
  return found && { team: found.id, organisation: found.organisation, sector: found.sector };
};

/** Coded fields of the entry that the answers change, as the entry holds them. */
export function contentChanged(answers: Answers, subject: FormSubject): Content {
  const now = contentOf(subject);
  const free = freeText(subject);
  const changed = asksOf(subject)
    .filter((name) => !free.includes(name))
    .flatMap((name): readonly (readonly [string, unknown])[] => {
      const answer = answers[named(name)];
      if (answer === undefined || answer === asAnswer(now[name], subject)) return [];
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

/** Free text of the entry that the answers change, in the clear. */
export function wordsChanged(answers: Answers, subject: FormSubject): Readonly<Record<string, string>> {
  const now = contentOf(subject);
  const asks = asksOf(subject);
  return Object.fromEntries(
    freeText(subject).flatMap((name) => {
      const answer = asks.includes(name) ? asTyped(answers[named(name)]) : undefined;
      return answer === undefined || answer === asTyped(asAnswer(now[name], subject)) ? [] : [[name, answer]];
    }),
  );
}

/** What it said before, for the page on which the change is checked. */
export function contentBefore(
  answers: Answers,
  subject: FormSubject,
  fields: readonly Field[],
): readonly Pick<CheckedAnswer, 'label' | 'text'>[] {
  const now = contentOf(subject);
  const changed = { ...contentChanged(answers, subject), ...wordsChanged(answers, subject) };
  const asked = fields.map(({ when: _, ...field }) => field as Field);
  const before = Object.fromEntries(
    Object.entries(now).flatMap(([name, value]) => {
      const text = asAnswer(value, subject);
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
