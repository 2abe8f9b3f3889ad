import { describe, expect, it } from '@jest/globals';
import { EventRegistry } from '#kernel';
import { allDefinitions, definition, hashOf } from '../definitions/definitions.js';
import { labels } from '../data.js';
import { programmeEvents } from './events.js';
import { programmeHistory } from './history.js';
import { leadOrganisationsOn, nameOn, pilot, pilots, sources } from './pilots.js';

const history = [...programmeHistory()];
const ofType = (type: string) => history.filter((event) => event.type === type);

describe('the history of the programme that a new store begins with', () => {
  it('registers sixteen pilots on 1 April 2009, each in a stream of its own', () => {
    const registered = ofType('PilotRegistered');
    expect(registered.map(({ stream }) => stream)).toEqual(pilots.map(({ id }) => `pilot-${id}`));
    expect(new Set(registered.map(({ occurredAt }) => occurredAt))).toEqual(new Set(['2009-03-31T23:00:00.000Z']));
    expect(registered.every(({ precision }) => precision === 'day')).toBe(true);
  });

  it('gives seven of them their second name on 2 February 2010, and says what kind of change it was', () => {
    const renamed = history.flatMap((event) => (event.type === 'PilotRenamed' ? [event] : []));
    expect(renamed.map((event) => [event.pilot, event.data.change])).toEqual([
      ['bournemouth-poole', 'abbreviated'],
      ['cambridge', 'renamed'],
      ['nene', 'renamed'],
      ['north-tyneside', 'leadChanged'],
      ['cornwall-scilly', 'abbreviated'],
      ['principia', 'typography'],
      ['tower-hamlets', 'abbreviated'],
    ]);
    for (const { pilot: id, data, occurredAt } of renamed) {
      expect([data.effectiveOn, occurredAt]).toEqual(['2010-02-02', '2010-02-02T00:00:00.000Z']);
      expect([data.from, data.to]).toEqual([nameOn(id, '2010-02-01'), nameOn(id, '2010-02-02')]);
    }
  });

  it('moves the lead at North Tyneside from the hospitals to the primary care trust', () => {
    expect(ofType('PilotLeadOrganisationChanged')).toMatchObject([
      {
        pilot: 'north-tyneside',
        data: {
          from: ['Newcastle Hospitals NHS Foundation Trust'],
          to: ['North Tyneside PCT'],
          effectiveOn: '2010-02-02',
        },
      },
    ]);
    expect(leadOrganisationsOn('north-tyneside', '2010-02-01').organisations).toEqual([
      'Newcastle Hospitals NHS Foundation Trust',
    ]);
    expect(leadOrganisationsOn('north-tyneside', '2010-02-02').organisations).toEqual(['North Tyneside PCT']);
  });

  it('publishes every pathway to the pilots that run it, with the hash of that very version', () => {
    const published = history.flatMap((event) => (event.type === 'PathwayDefinitionPublished' ? [event] : []));
    const running = allDefinitions().flatMap((one) => one.pilots.map((id) => `${id} ${one.id} ${one.version}`));
    const told = published.map(({ pilot: id, data }) => `${id} ${data.pathway} ${data.version}`);
    expect(told.sort()).toEqual(running.sort());
    for (const { data } of published) expect(data.hash).toBe(hashOf(definition(data.pathway, data.version)!));
  });

  it('is written in the shapes that the event catalogue promises', () => {
    const registry = new EventRegistry(programmeEvents);
    expect(history.flatMap((event) => registry.problems(event.type, event.data))).toEqual([]);
    expect(programmeEvents.flatMap(({ type, example }) => registry.problems(type, example))).toEqual([]);
    expect(new Set(history.map(({ type }) => type))).toEqual(new Set(programmeEvents.map(({ type }) => type)));
  });

  it('comes stream by stream, and in each stream as it happened', () => {
    const streams = history.map(({ stream }) => stream);
    expect(streams.filter((stream, i) => stream !== streams[i - 1])).toEqual(pilots.map(({ id }) => `pilot-${id}`));
    for (const { id } of pilots) {
      const events = history.filter((event) => event.pilot === id);
      expect(events[0]!.type).toBe('PilotRegistered');
      expect(events.map(({ occurredAt }) => occurredAt)).toEqual(events.map(({ occurredAt }) => occurredAt).sort());
    }
  });
});

describe('what is said of a pilot', () => {
  it('every claim, name and lead says how it is known and names a source that is described', () => {
    for (const one of pilots) {
      const claims = [one.focus, ...one.model];
      for (const claim of claims) expect(labels).toContain(claim.label);
      for (const lead of one.leads) expect(labels).toContain(lead.label);
      const named = [
        ...claims.flatMap((claim) => claim.sources),
        ...[...one.names, ...one.aliases, ...one.leads].map(({ source }) => source),
      ];
      for (const source of named) expect(Object.keys(sources)).toContain(source);
      // A claim from memory has no document behind it, and one that is verified has.
      for (const claim of claims) expect(claim.label === 'M').toBe(claim.sources.includes('ours'));
    }
  });

  it('every pilot ran from 1 April 2009 to 31 March 2011', () => {
    expect(new Set(pilots.map(({ startsOn, endsOn }) => `${startsOn} ${endsOn}`))).toEqual(
      new Set(['2009-04-01 2011-03-31']),
    );
  });

  it('a pilot that does not exist is an error, not an empty page', () => {
    expect(() => pilot('milton-keynes')).toThrow('there is no pilot milton-keynes');
  });
});
