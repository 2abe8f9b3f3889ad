import { createHash } from 'node:crypto';
import { canonicalJson, deriveId, isCivilDate, londonInstant, type Instant, type Precision } from '#kernel';
import type { Bundle, Concept, Resource } from './resource.js';

/** What every record that is taken in carries. */
export interface SourceRecord {
  /** Ours, derived from theirs, so that a second import finds the same record. */
  readonly id: string;
  /** Over its content, so that a record that changed at its source is told from one that did not. */
  readonly hash: string;
  /** As it came, for the rejects file. */
  readonly resource: unknown;
}

/** A person as a source knows them. */
export interface SourcePerson extends SourceRecord {
  readonly given: string;
  readonly family: string;
  readonly birthDate: string;
  readonly sex: 'female' | 'male' | 'other' | 'unknown';
  readonly nhsNumber?: string;
  readonly address?: string;
  readonly telephone?: string;
  readonly diedAt?: { readonly occurredAt: Instant; readonly precision: Precision };
}

export interface SourceEncounter extends SourceRecord {
  readonly class: EncounterClass;
  readonly startedAt: Instant;
  readonly precision: Precision;
  readonly endedAt?: Instant;
  readonly kind?: string;
  readonly provider?: string;
}

export interface SourceCarePlan extends SourceRecord {
  readonly startedAt: Instant;
  readonly precision: Precision;
  readonly endedAt?: Instant;
  readonly kind?: string;
}

export type EncounterClass = 'AMB' | 'EMER' | 'IMP';

/** What cannot be taken in goes, whole and with its reason, to the rejects file (DESIGN 8). */
export interface Reject {
  readonly reason: string;
  readonly resource: unknown;
}

export interface BundleContents {
  readonly person?: SourcePerson;
  readonly encounters: readonly SourceEncounter[];
  readonly carePlans: readonly SourceCarePlan[];
  readonly rejects: readonly Reject[];
}

const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';
/** HL7 v3 ActCode classes, by the three that we record. */
const classes: Readonly<Record<string, EncounterClass>> = {
  AMB: 'AMB', VR: 'AMB', HH: 'AMB', FLD: 'AMB', EMER: 'EMER', IMP: 'IMP', ACUTE: 'IMP', NONAC: 'IMP',
};

/** Why one resource is refused; caught for each resource, so the others are still taken. */
class Unfit extends Error {}

/**
 * Reads one bundle: one person with their encounters and care plans. Resources of other types are not ours to record
 * and are passed over; a bundle without a patient (a list of hospitals, of practitioners) yields nothing.
 */
export function readBundle(text: string): BundleContents {
  const rejects: Reject[] = [];
  const reject = (reason: string, resource: unknown): undefined => void rejects.push({ reason, resource });

  let bundle: Bundle;
  try {
    bundle = JSON.parse(text) as Bundle;
  } catch {
    return { encounters: [], carePlans: [], rejects: [{ reason: 'not JSON', resource: text }] };
  }
  if (bundle?.resourceType !== 'Bundle') {
    return { encounters: [], carePlans: [], rejects: [{ reason: 'not a FHIR Bundle', resource: bundle }] };
  }

  const attempt = <T>(resource: Resource, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (error instanceof Unfit) return reject(error.message, resource);
      throw error;
    }
  };

  const entries = (bundle.entry ?? []).filter((entry) => entry.resource);
  const [patient, ...others] = entries.filter((entry) => entry.resource?.resourceType === 'Patient');
  for (const other of others) reject('a second patient in one bundle', other.resource);
  const person = patient && attempt(patient.resource!, () => readPatient(patient.resource!));
  const isSubject = (resource: Resource) =>
    [patient?.fullUrl, `Patient/${patient?.resource?.id}`, `urn:uuid:${patient?.resource?.id}`].includes(resource.subject?.reference);

  const encounters: SourceEncounter[] = [];
  const carePlans: SourceCarePlan[] = [];
  for (const { resource } of entries) {
    if (!resource || (resource.resourceType !== 'Encounter' && resource.resourceType !== 'CarePlan')) continue;
    if (!person) reject('the bundle has no patient that could be read', resource);
    else if (!isSubject(resource)) reject('its subject is not the patient of the bundle', resource);
    else if (resource.resourceType === 'Encounter') {
      const encounter = attempt(resource, () => readEncounter(resource));
      if (encounter) encounters.push(encounter);
    } else {
      const plan = attempt(resource, () => readCarePlan(resource));
      if (plan) carePlans.push(plan);
    }
  }
  return { ...(person && { person }), encounters, carePlans, rejects };
}

function readPatient(patient: Resource): SourcePerson {
  const own = patient.identifier?.find((i) => i.system && i.value) ?? (patient.id ? { system: 'fhir', value: patient.id } : undefined);
  if (!own) throw new Unfit('the patient has neither an identifier nor an id');
  const name = patient.name?.find((n) => n.use === 'official') ?? patient.name?.[0];
  if (!name?.family) throw new Unfit('the patient has no family name');
  if (!isCivilDate(patient.birthDate)) throw new Unfit('the birth date is missing or is no day that exists');
  const nhsNumber = patient.identifier?.find((i) => i.system === NHS_NUMBER)?.value?.replace(/\s/g, '');
  const home = patient.address?.[0];
  const address = [...(home?.line ?? []), home?.city, home?.postalCode].filter(Boolean).join(', ');
  const telephone = patient.telecom?.find((t) => t.system === 'phone')?.value;
  const sex = (['female', 'male', 'other'] as const).find((s) => s === patient.gender) ?? 'unknown';
  return {
    id: deriveId('fhir', 'Patient', own.system!, own.value!),
    hash: hashOf(patient),
    resource: patient,
    given: name.given?.join(' ') ?? '',
    family: name.family,
    birthDate: patient.birthDate,
    sex,
    ...(nhsNumber && { nhsNumber }),
    ...(address && { address }),
    ...(telephone && { telephone }),
    ...(patient.deceasedDateTime && { diedAt: moment(patient.deceasedDateTime, 'the date of death') }),
  };
}

function readEncounter(encounter: Resource): SourceEncounter {
  const code = encounter.class?.code;
  const known = code === undefined ? undefined : classes[code];
  if (!known) throw new Unfit(`encounter class ${code ?? '(none)'} is not one we record`);
  if (encounter.status !== 'finished' && encounter.status !== 'in-progress') {
    throw new Unfit(`encounter status ${encounter.status ?? '(none)'}: it did not take place`);
  }
  const provider = encounter.serviceProvider?.reference;
  return {
    ...datedRecord('Encounter', encounter),
    class: known,
    ...(provider && { provider: `provider-${deriveId('fhir', 'Organization', provider).slice(0, 8)}` }),
    ...kindOf(encounter.type),
  };
}

const readCarePlan = (plan: Resource): SourceCarePlan => ({ ...datedRecord('CarePlan', plan), ...kindOf(plan.category) });

function datedRecord(type: string, resource: Resource) {
  if (!resource.id) throw new Unfit('it has no id');
  if (!resource.period?.start) throw new Unfit('it has no start');
  const start = moment(resource.period.start, 'the start');
  const end = resource.period.end === undefined ? undefined : moment(resource.period.end, 'the end').occurredAt;
  if (end && end < start.occurredAt) throw new Unfit('it ends before it starts');
  return {
    id: deriveId('fhir', type, resource.id),
    hash: hashOf(resource),
    resource,
    startedAt: start.occurredAt,
    precision: start.precision,
    ...(end && { endedAt: end }),
  };
}

/** FHIR dates are a day, or a moment with its offset; a year or a month alone is too vague to order a journey by. */
function moment(value: string, what: string): { occurredAt: Instant; precision: Precision } {
  if (isCivilDate(value)) return { occurredAt: londonInstant(value), precision: 'day' };
  const parts = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.exec(value);
  const millis = parts && isCivilDate(parts[1]) ? Date.parse(value) : NaN;
  if (Number.isNaN(millis)) throw new Unfit(`${what} is no day or moment that exists`);
  return { occurredAt: new Date(millis).toISOString(), precision: parts?.[2] ? 'second' : 'minute' };
}

function kindOf(concepts: readonly Concept[] | undefined): { kind?: string } {
  const code = concepts?.[0]?.coding?.[0]?.code;
  return code && /^[a-z0-9][a-z0-9-]{0,70}$/i.test(code) ? { kind: `code-${code.toLowerCase()}` } : {};
}

const hashOf = (resource: Resource): string => createHash('sha256').update(canonicalJson(resource)).digest('hex');
