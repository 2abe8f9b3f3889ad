import { describe, expect, it } from '@jest/globals';
import { deriveId, type NewEvent } from '#kernel';
import { definitionsPublished, namesOfPilot, pilotNamesOn, registeredPilots } from '#pathway';
import { allDefinitions, nameOn, pilots, programmeHistory } from '#pilots';
import { projected, type Entry } from '../../../../test/support/history.js';

const told: readonly Entry[] = [...programmeHistory()].map(
  ({ stream, type, data, pilot, occurredAt, precision }, i) => {
    const eventId = deriveId('programme', i);
    const event: NewEvent = {
      eventId,
      type,
      data,
      schemaVersion: 1,
      pilot,
      occurredAt,
      precision,
      recordedAt: occurredAt,
      purpose: 'administration',
      actor: { staff: 'system', role: 'system', organisation: 'throughcare', sector: 'community' },
      commandId: eventId,
      commandHash: 'h',
      correlationId: eventId,
      source: 'test',
      synthetic: false,
    };
    return { stream, event };
  },
);

describe('The programme as its events tell it', () => {
  it('knows the sixteen pilots', async () => {
    const found = await projected(told, registeredPilots);
    expect(found.map(({ pilot }) => pilot)).toEqual(pilots.map(({ id }) => id).sort());
  });

  it('prints each name in its own time, as the registry does', async () => {
    await projected(told, async (rows) => {
      for (const day of ['2009-04-01', '2010-01-01', '2010-02-03', '2011-03-31']) {
        const names = await pilotNamesOn(rows, day);
        for (const { id } of pilots) expect([id, day, names.get(id)]).toEqual([id, day, nameOn(id, day)]);
      }
      const [before, after] = [await pilotNamesOn(rows, '2010-01-01'), await pilotNamesOn(rows, '2010-02-03')];
      expect(before.get('cambridge')).not.toBe(after.get('cambridge'));
    });
  });

  it('keeps every other name in print', async () => {
    const aliases = await projected(told, async (rows) =>
      (await namesOfPilot(rows, 'cambridge')).filter(({ kind }) => kind === 'alias'),
    );
    expect(aliases.map(({ name }) => name)).toContain('Cambridge Assura');
  });

  it('knows which versions of a pathway a pilot may start journeys under', async () => {
    const found = await projected(told, (rows) => definitionsPublished(rows, 'torbay'));
    const expected = allDefinitions()
      .filter((one) => one.pilots.includes('torbay'))
      .map(({ id, version }) => `${id} ${version}`);
    expect(found.map(({ pathway, version }) => `${pathway} ${version}`)).toEqual(expected);
  });
});
