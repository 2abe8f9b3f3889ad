import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { describeUnless } from '../../../test/support/left-out.js';
import { hansard2009, pressRelease2010 } from './names.test-data.js';
import { nameOn, pilots } from './pilots.js';
import { resolvePilot, resolvePilots } from './resolve-pilot.js';

const pilotOf = (name: string) => resolvePilot(name)?.pilot;
const validAt = (name: string) => resolvePilot(name)?.validAt;

const seeds = new URL('../../../../shared/seeds/', import.meta.url);
const texts = existsSync(seeds) ? readdirSync(seeds).map((file) => readFileSync(new URL(file, seeds), 'utf8')) : [];

/** The sixteen lines after the sentence that announces them. */
function announcedIn(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim());
  const announcement = lines.findIndex((line) =>
    /^The pilot sites are:|current 16 pilots, announced/.test(line.replace(/^• /, '')),
  );
  return lines
    .slice(announcement + 1)
    .filter((line) => /[a-z]/i.test(line))
    .slice(0, 16);
}

describe('the names of the pilots in print', () => {
  it.each(Object.entries(hansard2009))('as announced on 1 April 2009, “%s” is %s', (name, pilot) => {
    const found = resolvePilot(name);
    expect(found).toMatchObject({ name, pilot });
    expect(found!.validAt[0]).toBe('2009-04-01');
  });

  it.each(Object.entries(pressRelease2010))('as printed on 2 February 2010, “%s” is %s', (name, pilot) => {
    const found = resolvePilot(name);
    expect(found).toMatchObject({ name, pilot });
    expect(found!.validAt[1]).toBeNull();
  });

  it('both lists name all sixteen pilots, each once', () => {
    const ids = pilots.map(({ id }) => id);
    expect(Object.values(hansard2009)).toEqual(ids);
    expect(Object.values(pressRelease2010)).toEqual(ids);
  });

  it('a report dated 1 January 2010 prints the first names, one dated 3 February 2010 the second', () => {
    const bare = (list: object) =>
      Object.keys(list).map((name) => name.replace(/[;.]( and)?$/, '').replace('‚ÄĒ', '—'));
    expect(pilots.map(({ id }) => nameOn(id, '2010-01-01'))).toEqual(bare(hansard2009));
    expect(pilots.map(({ id }) => nameOn(id, '2010-02-03'))).toEqual(bare(pressRelease2010));
  });

  it('a new name counts from 2 February 2010 itself, and the old one is not printed that day', () => {
    expect(nameOn('cambridge', '2010-02-01')).toBe('Cambridge Assura Limited Liability Partnership');
    expect(nameOn('cambridge', '2010-02-02')).toBe('Cambridgeshire ICO');
  });
});

const seedsMissing = texts.length ? undefined : 'the two documents are not in ../shared/seeds';
describeUnless(seedsMissing, 'the two documents that announce the pilots', () => {
  it('name all sixteen in the order of our list, and every name is known', () => {
    expect(texts).toHaveLength(2);
    for (const text of texts) expect(announcedIn(text).map(pilotOf)).toEqual(pilots.map(({ id }) => id));
  });
});

describe('for how long a name stands', () => {
  it('a name that was replaced stands until the day of the next', () => {
    expect(validAt('Nene Commissioning Community Interest Company')).toEqual(['2009-04-01', '2010-02-02']);
    expect(validAt('Northamptonshire Integrated Care Partnership')).toEqual(['2010-02-02', null]);
  });

  it('a name in full and its abbreviation each stand for their own time', () => {
    expect(validAt('Tower Hamlets Primary Care Trust')).toEqual(['2009-04-01', '2010-02-02']);
    expect(validAt('Tower Hamlets PCT')).toEqual(['2010-02-02', null]);
  });

  it('the mangled dash is the dash of 2009; a spelling that could be either name stands for the time of both', () => {
    expect(validAt('Principia‚ÄĒPartners in Health, Nottinghamshire')).toEqual(['2009-04-01', '2010-02-02']);
    expect(validAt('Principia - Partners in Health, Nottinghamshire')).toEqual(['2010-02-02', null]);
    expect(validAt('principia: partners in health (Nottinghamshire)')).toEqual(['2009-04-01', null]);
  });
});

describe('what is forgiven in a spelling', () => {
  it.each([
    ['TORBAY CARE TRUST', 'torbay'],
    ['  torbay   care trust ; and ', 'torbay'],
    ['• Torbay Care Trust,', 'torbay'],
    ['Church View Medical Practice (Sunderland)', 'church-view'],
    ['NHS Tameside & Glossop', 'tameside-glossop'],
    ['North Cornwall Practice Based Commissioning Group', 'north-cornwall'],
    ['North Cornwall Practice‑Based Commissioning Group', 'north-cornwall'],
    ['North Tyneside Primary Care Trust', 'north-tyneside'],
    ['Cornwall and Isles of Scilly P.C.T.', 'cornwall-scilly'],
    ['Cambridge Assura LLP', 'cambridge'],
    ['Cambridgeshire Integrated Care Organisation', 'cambridge'],
    ['Principia – Partners in Health, Nottinghamshire', 'principia'],
    ['Principiaâ€”Partners in Health, Nottinghamshire'.replace('—', '\u201d'), 'principia'],
    ['Principia‚ÄîPartners in Health, Nottinghamshire', 'principia'],
  ])('“%s” is %s', (name, pilot) => {
    expect(pilotOf(name)).toBe(pilot);
  });

  it.each([
    ['Cambridge Assura', 'cambridge'],
    ['Principia Partners in Care', 'principia'],
    ['Principia Partners in Care (Rushcliffe', 'principia'],
    ['Principia Partners in Care (Rushcliffe…', 'principia'],
    ['Principia Partners in Care (Rushcliffe, ...)', 'principia'],
    ['Principia Partners in Care (Rushcliffe, Nottinghamshire)', 'principia'],
  ])('the BMJ’s “%s” is %s', (name, pilot) => {
    expect(resolvePilot(name)).toEqual({ name, pilot, validAt: ['2009-04-01', '2010-02-02'] });
  });
});

describe('what is not guessed', () => {
  it.each([
    'Cornwall',
    'North Cornwall',
    'Cornwall PCT',
    'NHS Cornwall and Isles of Scilly',
    'Northumbria',
    'North Tyneside',
    'Northumberland Care Trust',
    'Newcastle PCT',
    'Newcastle Hospitals',
    'Newcastle upon Tyne Hospitals NHS Foundation Trust',
    'Northumbria Healthcare',
    'Torbay',
    'Torbay Care Trus',
    'Torbay and Southern Devon Health and Care NHS Trust',
    'NHS Norfolk',
    'Norfolk County Council',
    'Cambridgeshire PCT',
    'Cambridgeshire',
    'Cambridge',
    'Nene',
    'Church View',
    'Bournemouth and Poole',
    'Principia',
    'Wakefield PCT',
    'Durham',
    'NHS',
    'PCT',
    'and',
    ';',
    '',
  ])('“%s” is none of the sixteen as it stands', (name) => {
    expect(resolvePilot(name)).toBeUndefined();
  });

  it('a list of names comes back in two lists, in the order given', () => {
    expect(resolvePilots(['Torbay', 'Torbay Care Trust', 'NHS Cumbria', 'Milton Keynes'])).toEqual({
      resolved: [
        { name: 'Torbay Care Trust', pilot: 'torbay', validAt: ['2009-04-01', null] },
        { name: 'NHS Cumbria', pilot: 'cumbria', validAt: ['2009-04-01', null] },
      ],
      unresolved: ['Torbay', 'Milton Keynes'],
    });
  });
});
