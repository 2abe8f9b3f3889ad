/**
 * What waits for Torbay's coordinator on the morning on which the demo opens: scenes out of SCENARIOS, told by hand
 * where the rest of the programme is left to chance. Everybody in them is made up.
 */
import { civilDate, deriveId, londonInstant, type Instant } from '#kernel';
import { latestDefinition, teamAsOf, type Team } from '#pilots';
import type { Step } from './script.js';

type Body = Readonly<Record<string, unknown>>;

class Scene {
  readonly steps: Step[] = [];
  readonly personId: string;
  readonly journeyId: string;

  /** A person who became known, and whose referral the team took at once. */
  constructor(
    private readonly name: string,
    private readonly key: string,
    team: string,
    at: string,
    person: Body,
  ) {
    this.personId = deriveId('person', this.tell(at, team, 'register-person', { sex: 'female', ...person }));
    const referral = { pathway: latestDefinition('torbay-older-people')!.id, referrer: 'generalPractitioner', urgency: 'soon', eligibility: ELIGIBLE };
    this.journeyId = deriveId(
      'journey',
      this.tell(at, team, 'take-referral', {
        personId: this.personId, ...referral, to: team, reason: `Help at home, please: ${name}.`, accept: true, keyWorker: CARA,
      }),
    );
  }

  /** @param at `2011-02-28 16:50`, London time: when it is written down */
  tell(at: string, by: string, command: string, body: Body): string {
    const moment = inLondon(at);
    const commandId = deriveId('opening', this.key, this.steps.length);
    this.steps.push({ at: moment, commandId, command, body, by: teamNamed(by, moment) });
    return commandId;
  }

  offer(at: string, from: string, to: string, asked: string, more: Body = {}): Body {
    const commandId = this.tell(at, from, 'offer-handoff', {
      journeyId: this.journeyId, to, asked, urgency: 'urgent', effect: 'now', risks: 'yes', riskDetail: 'Falls; uses a frame indoors.',
      safeguarding: 'noneKnown', agreement: 'agreed', sharing: 'directCareConsent', telephone: teamNamed(from, inLondon(at)).telephone,
      toldPerson: 'That another team is being asked, and that we stay in touch until it answers.', ...more,
    });
    return { journeyId: this.journeyId, handoffId: deriveId('handoff', commandId) };
  }

  /** @returns what later steps of this stay name */
  admit(at: string, ward: string): Body {
    const admission = this.tell(at, ward, 'record-admission', {
      personId: this.personId, method: '21', hospital: teamNamed(ward, inLondon(at)).organisation, ward,
    });
    return { personId: this.personId, stayId: deriveId('stay', admission) };
  }

  ready(at: string, ward: string, stay: Body): void {
    this.tell(at, ward, 'declare-ready', { ...stay, clinicalDecision: true, teamDecision: true, safeToTransfer: true });
  }
}

/** Whether their practice is one of the zone's was not asked of everybody who rang. */
const ELIGIBLE = { minimumAge: 'met', registeredWith: 'notKnown', agrees: 'met' };
/** The development persona of Torbay's coordinator; the spec of the opening holds it equal. */
const CARA = 'staff-df9857e3';
const NORTH = 'torbay-north-zone';
const BRIXHAM = 'brixham-home-care-team';
const WARD = 'torbay-hospital-care-of-the-elderly-ward';

const inLondon = (at: string): Instant => londonInstant(at.slice(0, 10), at.slice(11));

function teamNamed(id: string, at: Instant): Team {
  const team = teamAsOf(id, civilDate(at));
  if (!team) throw new RangeError(`the directory has no team ${id}`);
  return team;
}

/**
 * Home last spring, first seen after the bank holiday; in hospital again, and home again today, where the commode that
 * was ordered before she went in has not come.
 */
function mrsSmith(): Scene {
  const scene = new Scene('Mrs Smith', 'mrs-smith', NORTH, '2010-04-27 10:20', {
    givenName: 'Edith', familyName: 'Smith', birthDate: '1925-06-11', phone: '01632 960301', nhsNumber: '9434765870',
  });
  const first = scene.admit('2010-04-27 21:40', WARD);
  scene.ready('2010-04-29 11:00', WARD, first);
  const spring = scene.offer('2010-04-29 11:30', WARD, NORTH, 'Home on Friday, with care twice a day.', { effect: 'atDischarge', expectedOn: '2010-04-30' });
  scene.tell('2010-04-29 12:05', NORTH, 'acknowledge-handoff', spring);
  scene.tell('2010-04-29 12:20', NORTH, 'accept-handoff', spring);
  scene.tell('2010-04-30 15:10', WARD, 'record-discharge', { ...first, destination: 'usualResidence', expectedReceiver: NORTH, journeyId: scene.journeyId });
  scene.tell('2010-05-04 10:15', NORTH, 'record-first-contact', { ...spring, mode: 'visit' });
  scene.tell('2010-05-06 14:00', NORTH, 'agree-care-plan', { journeyId: scene.journeyId, reviewBy: '2010-08-05', goals: 'To stay in her own home, and to get to church on Sundays.' });
  const second = scene.admit('2011-02-24 23:15', WARD);
  scene.ready('2011-02-28 15:30', WARD, second);
  scene.offer('2011-03-01 07:43', WARD, NORTH, 'Home today, please. She needs help to wash and dress, and a commode.', { effect: 'atDischarge', expectedOn: '2011-03-01' });
  scene.tell('2011-02-23 11:20', NORTH, 'place-order', {
    journeyId: scene.journeyId, kind: 'equipment', promisedOn: '2011-02-28', supplier: 'Community equipment store, 01632 960181',
    what: 'A commode, to stand beside her bed: she does not manage the stairs at night.',
  });
  return scene;
}

/** Scenario 1: offered at 16:50, declined at 17:05, and nobody has seen it. */
function declinedUnseen(): Scene {
  const scene = new Scene('Mr Applecroft', 'mr-applecroft', NORTH, '2011-02-21 11:05', {
    givenName: 'Harold', familyName: 'Applecroft', birthDate: '1929-01-30', sex: 'male', phone: '01632 960302',
  });
  const offer = scene.offer('2011-02-28 16:50', NORTH, BRIXHAM, 'Personal care every morning from tomorrow.');
  scene.tell('2011-02-28 16:58', BRIXHAM, 'acknowledge-handoff', offer);
  scene.tell('2011-02-28 17:05', BRIXHAM, 'decline-handoff', { ...offer, reason: 'noCapacity', detail: 'No morning visits free this week.' });
  return scene;
}

/** Scenario 6: the ward sent her home to an agency that had closed that day. */
function toAClosedAgency(): Scene {
  const scene = new Scene('Mrs Fernwell', 'mrs-fernwell', NORTH, '2011-02-14 09:40', {
    givenName: 'Mabel', familyName: 'Fernwell', birthDate: '1921-09-02', phone: '01632 960303',
  });
  const stay = scene.admit('2011-02-22 03:10', WARD);
  scene.ready('2011-02-28 10:00', WARD, stay);
  scene.tell('2011-02-28 17:40', WARD, 'record-discharge', {
    ...stay, destination: 'usualResidence', expectedReceiver: 'harbourside-home-care-team', journeyId: scene.journeyId,
  });
  return scene;
}

/** Scenario 4: she died in the night, and an offer was open. */
function diedWithAnOfferOpen(): Scene {
  const scene = new Scene('Mrs Larkmoor', 'mrs-larkmoor', NORTH, '2011-02-16 14:30', {
    givenName: 'Winifred', familyName: 'Larkmoor', birthDate: '1918-12-24', phone: '01632 960304',
  });
  scene.offer('2011-02-28 15:20', NORTH, 'torbay-night-sitting', 'Company through the night; she is very near the end.');
  scene.tell('2011-03-01 06:55', NORTH, 'record-death', { personId: scene.personId, place: 'usualResidence', occurredAt: inLondon('2011-03-01 04:20'), precision: 'minute' });
  return scene;
}

/** Waits for Brixham, which has not looked yet. */
function waitsForBrixham(): Scene {
  const scene = new Scene('Mr Kettleby', 'mr-kettleby', NORTH, '2011-02-23 10:50', {
    givenName: 'Stanley', familyName: 'Kettleby', birthDate: '1927-07-19', sex: 'male', phone: '01632 960305',
  });
  scene.offer('2011-02-28 16:30', NORTH, BRIXHAM, 'Evening visits, seven days a week; his wife is his carer and is worn out.', {
    carer: 'Wife, Joan, 01632 960305', communication: 'Hard of hearing; speak to his left side.',
  });
  return scene;
}

/** Scenario 5: an acceptance of last month, written down late, changed a figure that had been read already. */
function acceptedAndWrittenDownLate(): Scene {
  const scene = new Scene('Mrs Pebbleford', 'mrs-pebbleford', NORTH, '2011-01-24 09:15', {
    givenName: 'Ivy', familyName: 'Pebbleford', birthDate: '1930-03-08', phone: '01632 960306',
  });
  const offer = scene.offer('2011-01-25 10:05', NORTH, BRIXHAM, 'Help at lunchtime.');
  scene.tell('2011-02-28 14:00', BRIXHAM, 'accept-handoff', { ...offer, occurredAt: inLondon('2011-01-25 10:40'), precision: 'minute' });
  return scene;
}

/** In the order in which it was written down. */
export const openingMorning = (): readonly Step[] =>
  [mrsSmith(), declinedUnseen(), toAClosedAgency(), diedWithAnOfferOpen(), waitsForBrixham(), acceptedAndWrittenDownLate()]
    .flatMap(({ steps }) => steps)
    .map((step, i) => ({ step, i }))
    .sort((a, b) => (a.step.at < b.step.at ? -1 : a.step.at > b.step.at ? 1 : a.i - b.i))
    .map(({ step }) => step);
