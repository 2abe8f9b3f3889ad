import { describe, expect, it } from '@jest/globals';
import { isCivilDate, londonInstant } from '#kernel';
import { list, load } from '../data.js';
import { pilots } from '../programme/pilots.js';
import {
  allOrganisations,
  allTeamIds,
  organisation,
  organisationOf,
  team,
  teamAsOf,
  closedTeamsOf,
  teamsOf,
  teamStatus,
} from './directory.js';

const today = '2011-03-01';
const everyTeam = allTeamIds().map((id) => teamAsOf(id, today)!);

describe('a team and its time', () => {
  it('an agency that closed yesterday is closed at eight this morning, and its successor is named', () => {
    const status = teamStatus('harbourside-home-care-team', londonInstant('2011-03-01', '08:05'));
    expect(status).toMatchObject({
      status: 'closed',
      team: { name: 'Harbourside Home Care' },
      successor: { id: 'english-riviera-home-care-team', telephone: '01632 960133' },
    });
  });

  it('it took people until midnight before its closing day, London time', () => {
    expect(teamStatus('harbourside-home-care-team', '2011-02-27T23:59:59.999Z').status).toBe('open');
    expect(teamStatus('harbourside-home-care-team', '2011-02-28T00:00:00.000Z').status).toBe('closed');
    expect(team('harbourside-home-care-team', '2011-02-27')?.name).toBe('Harbourside Home Care');
    expect(team('harbourside-home-care-team', '2011-02-28')).toBeUndefined();
  });

  it('a team that closed is still known by name, for the journeys that passed through it', () => {
    expect(teamAsOf('harbourside-home-care-team', '2012-01-01')?.name).toBe('Harbourside Home Care');
  });

  it('a team that has not opened yet takes nobody, and nobody is named in its place', () => {
    const status = teamStatus('english-riviera-home-care-team', londonInstant('2010-10-03', '12:00'));
    expect(status).toEqual({ status: 'closed', team: expect.objectContaining({ opened: '2010-10-04' }) });
    expect(teamStatus('english-riviera-home-care-team', londonInstant('2010-10-04', '12:00')).status).toBe('open');
  });

  it('a team that nobody knows is unknown, not closed', () => {
    expect(teamStatus('brixham-home-care-tema', londonInstant(today))).toEqual({ status: 'unknown' });
    expect(team('brixham-home-care-tema', today)).toBeUndefined();
  });

  it('a team that moved to another organisation belongs, on each day, to the one it belonged to then', () => {
    expect(team('torbay-intermediate-care', '2010-03-31')).toMatchObject({
      organisation: 'torbay-hospital',
      sector: 'secondary',
    });
    expect(team('torbay-intermediate-care', '2010-04-01')).toMatchObject({
      organisation: 'torbay-care-trust',
      sector: 'community',
    });
  });

  it('the directory of a pilot on a day lists who was open on that day', () => {
    const ids = (day: string) => teamsOf('torbay', day).map(({ id }) => id);
    expect(ids('2010-09-01')).toContain('harbourside-home-care-team');
    expect(ids('2010-09-01')).not.toContain('english-riviera-home-care-team');
    expect(ids(today)).toContain('english-riviera-home-care-team');
    expect(ids(today)).not.toContain('harbourside-home-care-team');
    const closed = (day: string) => closedTeamsOf('torbay', day).map(({ id }) => id);
    expect(closed('2011-02-27')).not.toContain('harbourside-home-care-team');
    expect(closed('2011-02-28')).toContain('harbourside-home-care-team');
  });
});

describe('Torbay', () => {
  it('has five zones, each with its single point of contact, in the community teams of the care trust', () => {
    const hubs = teamsOf('torbay', today).filter((one) => one.serves === 'hub');
    expect(hubs.map(({ id }) => id).sort()).toEqual([
      'brixham-zone',
      'paignton-north-zone',
      'paignton-south-zone',
      'torbay-north-zone',
      'torbay-south-zone',
    ]);
    expect(hubs.every((one) => one.organisation === 'torbay-care-trust' && one.sector === 'community')).toBe(true);
  });

  it('has social care in the same organisation as its nurses: a boundary by sector, not by organisation', () => {
    expect(team('brixham-social-care-team', today)).toMatchObject({
      organisation: 'torbay-care-trust',
      sector: 'socialCare',
    });
    expect(organisationOf(team('brixham-zone', today)!).name).toBe('Torbay Care Trust');
  });

  it('has Brixham Home Care as another organisation, in social care', () => {
    expect(team('brixham-home-care-team', today)).toMatchObject({
      organisation: 'brixham-home-care',
      sector: 'socialCare',
    });
    expect(organisation('brixham-home-care').fictitious).toBe(true);
  });

  it('has a hospital with wards', () => {
    expect(team('torbay-hospital-care-of-the-elderly-ward', today)).toMatchObject({
      organisation: 'torbay-hospital',
      sector: 'secondary',
      serves: 'ward',
    });
  });
});

describe('every pilot', () => {
  it.each(pilots.map(({ id }) => id))(
    '%s has a place to ask for help and teams in all six sectors of the pilots',
    (id) => {
      const teams = teamsOf(id, '2009-04-01');
      expect(teams.length).toBeGreaterThanOrEqual(5);
      expect(teams.some((one) => one.serves === 'hub')).toBe(true);
      expect(new Set(teams.map((one) => one.sector))).toEqual(
        new Set(['primary', 'community', 'secondary', 'mentalHealth', 'socialCare', 'thirdSector']),
      );
    },
  );
});

describe('the directory as it is written', () => {
  it('no telephone number rings anybody, and no two teams share one', () => {
    const numbers = everyTeam.map(({ telephone }) => telephone);
    for (const number of numbers) expect(number).toMatch(/^01632 960\d{3}$/);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('every team names what it is asked most, in few words and none of it twice', () => {
    for (const { asks } of everyTeam) {
      expect(asks.length).toBeGreaterThan(0);
      expect(asks.length).toBeLessThan(5);
      expect(new Set(asks).size).toBe(asks.length);
      for (const ask of asks) expect(ask).toMatch(/^\p{Lu}[^.\n]{5,60}$/u);
    }
  });

  it('every team belongs to an organisation and a pilot, and every successor is a team', () => {
    const known = new Set(pilots.map(({ id }) => id));
    for (const one of everyTeam) {
      expect(organisationOf(one).name).not.toBe('');
      expect(known).toContain(one.pilot);
      if (one.successor) expect(allTeamIds()).toContain(one.successor);
      for (const day of [one.opened, one.closed ?? today]) expect(isCivilDate(day)).toBe(true);
      expect(one.closed === undefined || one.opened < one.closed).toBe(true);
    }
  });

  it('no id is used twice, within a pilot or between pilots', () => {
    interface Rows {
      readonly organisations: readonly { id: string }[];
      readonly teams: readonly { id: string }[];
    }
    const files = list('directory/').map((file) => load<Rows>(`directory/${file}`));
    const ids = (of: keyof Rows) => files.flatMap((file) => file[of].map(({ id }) => id)).sort();
    expect(ids('teams')).toEqual([...allTeamIds()].sort());
    expect(ids('organisations')).toEqual(
      allOrganisations()
        .map(({ id }) => id)
        .sort(),
    );
    expect(() => organisation('nobody')).toThrow('the directory has no organisation nobody');
  });

  it('every opening lies inside its day, in order', () => {
    for (const { hours } of everyTeam) {
      expect(hours.week).toHaveLength(hours.always ? 0 : 7);
      for (const day of hours.week) {
        const times = day.flat();
        expect(times).toEqual([...times].sort());
        expect(new Set(times).size).toBe(times.length);
        for (const time of times) expect(time).toMatch(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);
      }
    }
  });
});
