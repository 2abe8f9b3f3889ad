import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { describeUnless } from '../../../test/support/left-out.js';
import { bundleFiles, readBundle, type BundleContents } from '../index.js';

const patient = {
  resourceType: 'Patient', id: 'p1', identifier: [{ system: 'urn:test', value: '1' }],
  name: [{ family: 'Sample', given: ['Ann'] }], gender: 'female', birthDate: '1930-05-01',
};
const encounter = {
  resourceType: 'Encounter', id: 'e1', status: 'finished', class: { code: 'IMP' },
  subject: { reference: 'urn:uuid:p1' }, period: { start: '2010-06-01T10:00:00+01:00', end: '2010-06-03T12:00:00+01:00' },
};
const read = (...resources: object[]): BundleContents =>
  readBundle(
    JSON.stringify({ resourceType: 'Bundle', entry: resources.map((resource) => ({ fullUrl: `urn:uuid:${(resource as { id: string }).id}`, resource })) }),
  );
const reasons = (contents: BundleContents) => contents.rejects.map((r) => r.reason);

describe('Reading a FHIR bundle', () => {
  it('takes the person, their encounters and care plans, in UTC', () => {
    const plan = { resourceType: 'CarePlan', id: 'c1', status: 'active', subject: { reference: 'Patient/p1' }, period: { start: '2010-06-04' } };
    const contents = read(patient, encounter, plan);
    expect(contents).toMatchObject({
      person: { given: 'Ann', family: 'Sample', birthDate: '1930-05-01', sex: 'female' },
      encounters: [{ class: 'IMP', startedAt: '2010-06-01T09:00:00.000Z', endedAt: '2010-06-03T11:00:00.000Z', precision: 'second' }],
      carePlans: [{ startedAt: '2010-06-03T23:00:00.000Z', precision: 'day' }],
      rejects: [],
    });
  });

  it('finds the same person and the same encounter again, and tells changed content from unchanged', () => {
    const [first, second] = [read(patient, encounter), read({ ...patient, gender: 'other' }, encounter)];
    expect(second.person!.id).toBe(first.person!.id);
    expect(second.person!.hash).not.toBe(first.person!.hash);
    expect(second.encounters).toEqual(first.encounters);
  });

  it.each([
    ['a class we do not record', { ...encounter, class: { code: 'SS' } }, /class SS/],
    ['one that did not take place', { ...encounter, status: 'cancelled' }, /did not take place/],
    ['one with no start', { ...encounter, period: {} }, /no start/],
    ['a day that never was', { ...encounter, period: { start: '2010-02-30' } }, /no day or moment/],
    ['a moment without its offset', { ...encounter, period: { start: '2010-02-03T10:00:00' } }, /no day or moment/],
    ['one that ends before it starts', { ...encounter, period: { start: '2010-02-03', end: '2010-02-01' } }, /ends before/],
    ['one about somebody else', { ...encounter, subject: { reference: 'urn:uuid:other' } }, /not the patient/],
  ])('rejects %s, with its reason, and takes the rest', (_, unfit, reason) => {
    const contents = read(patient, { ...unfit, id: 'e2' }, encounter);
    expect(contents.encounters).toHaveLength(1);
    expect(reasons(contents)).toEqual([expect.stringMatching(reason)]);
    expect(contents.rejects[0]!.resource).toMatchObject({ id: 'e2' });
  });

  it('rejects every record of a patient that it cannot read, and loses none', () => {
    expect(reasons(read({ ...patient, birthDate: '1930-02-31' }, encounter))).toEqual([
      'the birth date is missing or is no day that exists',
      'the bundle has no patient that could be read',
    ]);
  });

  it('rejects a file that is no JSON and one that is no bundle', () => {
    expect(reasons(readBundle('{'))).toEqual(['not JSON']);
    expect(reasons(readBundle('[]'))).toEqual(['not a FHIR Bundle']);
    expect(reasons(readBundle('null'))).toEqual(['not a FHIR Bundle']);
  });

  it('yields nothing from a list of hospitals', () => {
    expect(read({ resourceType: 'Organization', id: 'o1' })).toEqual({ encounters: [], carePlans: [], rejects: [] });
  });
});

async function countAll(folder: string) {
  const counts = { people: 0, AMB: 0, EMER: 0, IMP: 0, carePlans: 0, rejected: 0 };
  for await (const file of bundleFiles(folder)) {
    const contents = readBundle(file.text);
    counts.people += contents.person ? 1 : 0;
    for (const { class: code } of contents.encounters) counts[code]++;
    counts.carePlans += contents.carePlans.length;
    counts.rejected += contents.rejects.length;
  }
  return counts;
}

describe('The bundles of our own making', () => {
  it('hold what their README says', async () => {
    expect(await countAll('samples/fhir')).toEqual({ people: 3, AMB: 4, EMER: 2, IMP: 4, carePlans: 3, rejected: 0 });
  });

  it('are refused as a folder when it holds none', async () => {
    await expect(countAll('docs/adr')).rejects.toThrow(/holds no .json file/);
  });

  it('belong to nobody: names say so, telephone numbers come from the range kept for drama', () => {
    for (const file of readdirSync('samples/fhir')) expect(readFileSync(`samples/fhir/${file}`, 'utf8')).toMatch(/-Sample".*01632 960/s);
  });
});

const synthea = '../shared/data/synthea';
describeUnless(existsSync(synthea) ? undefined : 'no real bundles beside the checkout', 'The 99 synthetic patients', () => {
  it('are all taken, out of their archive', async () => {
    const expected = JSON.parse(readFileSync(`${synthea}/expected.json`, 'utf8')) as { patients: number; carePlans: number; encounterClass: object };
    expect(await countAll(synthea)).toEqual({ people: expected.patients, ...expected.encounterClass, carePlans: expected.carePlans, rejected: 0 });
  }, 60_000);
});
