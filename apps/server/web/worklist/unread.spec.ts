import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { civilDate, journeyStream, type NewEvent } from '#kernel';
import { teamAsOf } from '#pilots';
import { done, offer, referredToTorbay } from '../../testing/offered.js';
import { PageVisitor } from '../../testing/page-visitor.js';
import { startServer, type Running } from '../../testing/running.js';
import { unfoldable, unreadableFirst } from '../../testing/unfoldable.js';

let server: Running;
let torbay: PageVisitor;
let brixham: PageVisitor;
let name: string;
let year = 1900;

const main = (text: string) => text.slice(text.indexOf('<main'), text.indexOf('</main>')).replace(/\s+/g, ' ');
const telephoneOf = (team: string): string => teamAsOf(team, civilDate(server.engine.clock.now()))!.telephone;

/** What the section says of those whose record cannot be read. */
async function unreadOn(visitor: PageVisitor, path = '/worklist'): Promise<string> {
  const { position } = await server.engine.store.head();
  await server.engine.projector!.waitFor(position!, 30_000);
  return main((await visitor.open(path)).text).split('id="unread"')[1]?.split('</section>')[0] ?? '';
}

async function registered(): Promise<string> {
  name = `Smith${randomUUID().slice(0, 8).replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))}`;
  const who = { givenName: 'Nora', familyName: name, birthDate: `${year++}-04-03` };
  return String(done(await server.command('register-person', who))['personId']);
}

/** In the log as a fault would leave it. */
async function unreadable(personId: string, ...more: [Parameters<typeof unreadableFirst>[2]?]): Promise<string> {
  const { stream, event, journeyId } = await unreadableFirst(server.engine.store, personId, ...more);
  await server.engine.store.append(stream, 'any', [event]);
  return journeyId;
}

describe('Somebody whose record cannot be read in full', () => {
  beforeAll(async () => {
    server = await startServer();
    torbay = await PageVisitor.as(server, 'coordinator-torbay');
    brixham = await PageVisitor.as(server, 'coordinator-brixham');
  }, 60_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.engine.projector!.waitFor((await server.engine.store.head()).position ?? '0', 30_000);
  });

  it('from the very first entry on stands on the list of those who wrote it, with whom to ring', async () => {
    const journey = await unreadable(await registered());
    const unread = await unreadOn(torbay);
    expect(unread).toContain(`Nora ${name}`);
    expect(unread).toContain('This record cannot be read in full.');
    expect(unread).toMatch(/by Torbay Care Trust, cannot be understood\. Who is responsible is not known: ask those who wrote it/);
    expect(unread).toContain(`/journeys/${journey}`);
    expect(unread).toMatch(/Ring [^<]*: <a href="tel:01632/);
    const duty = await PageVisitor.as(server, 'duty-manager-torbay');
    for (const path of ['/worklist?whose=mine', '/worklist?urgency=immediate'])
      expect(await unreadOn(duty, path)).toContain(`Nora ${name}`);
  });

  it('is told of to everybody of the pilot without a name, where no team can be read in it', async () => {
    await unreadable(await registered());
    const unread = await unreadOn(brixham);
    expect(unread).toContain('Somebody of your pilot');
    expect(unread).toMatch(/by Torbay Care Trust, cannot be understood[\s\S]*Ring [^<]*: <a href="tel:01632/);
    expect(unread).not.toMatch(new RegExp(`${name}|/journeys/`));
  });

  it('stands on the list of the team that the entry names, and on that of nobody who has no part in it', async () => {
    const to = { team: 'brixham-home-care-team', organisation: 'brixham-home-care', sector: 'socialCare' };
    await unreadable(await registered(), {
      data: { to: null, referredBy: to },
      writer: { organisation: 'torbay-hospital' },
    });
    const unread = await unreadOn(brixham);
    expect(unread).toContain(`Nora ${name}`);
    expect(unread).toContain('Named in it: Brixham Home Care');
    expect(unread).toContain(`>${telephoneOf('brixham-home-care-team')}</a>`);
    expect(await unreadOn(torbay)).not.toContain(name);
  });

  it('stands there as last known where nothing waited for them, once on a page', async () => {
    const { journeyId } = await referredToTorbay(server, `${year++}-02-01`);
    const quiet = await unfoldable(server.engine.store, journeyId);
    await server.engine.store.append(quiet.stream, 'any', [quiet.event]);
    const unread = await unreadOn(torbay);
    expect(unread).toContain(`/journeys/${journeyId}`);
    expect(unread).toMatch(/Responsible when it was last read: Torbay North zone/);
    expect(unread).toContain(`>${telephoneOf('torbay-north-zone')}</a>`);
    expect(await unreadOn(brixham)).not.toContain(journeyId);

    const asked = (await referredToTorbay(server, `${year++}-02-01`)).journeyId;
    const waits = { ...offer, journeyId: asked, to: 'brixham-home-care-team' };
    done(await server.command('offer-handoff', waits));
    const waiting = await unfoldable(server.engine.store, asked);
    await server.engine.store.append(waiting.stream, 'any', [waiting.event]);
    expect(await unreadOn(torbay)).not.toContain(asked);
    expect((await torbay.open('/worklist')).text).toContain(`/journeys/${asked}`);
  });

  it('leaves the list by itself once the entry that broke it is taken back', async () => {
    const journey = await unreadable(await registered());
    expect(await unreadOn(torbay)).toContain(journey);
    const [broken] = await server.engine.store.readStream(journeyStream(journey));
    const { revision: _r, position: _p, ordinal: _o, stream, ...made } = broken!;
    const data = { entry: made.eventId, entryType: made.type, reason: 'recordedWrongly' };
    const ids = { eventId: randomUUID(), commandId: randomUUID() };
    const mended = { ...made, ...ids, type: 'EntryMarkedInError', schemaVersion: 1, data } as NewEvent;
    await server.engine.store.append(stream, 'any', [mended]);
    expect(await unreadOn(torbay)).not.toContain(journey);
  });
});
