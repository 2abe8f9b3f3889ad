import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { personaOf, type PersonaId, type Sessions } from '#access';
import { fromMillis, hours } from '#kernel';
import { offer } from '../../testing/offered.js';
import { startServer, type Running } from '../../testing/running.js';
import { SESSIONS } from '../../tokens.js';

let ahead = 0;
const clock = { now: () => fromMillis(Date.now() + ahead) };
let server: Running;
let journeyId: string;

/** Somebody at a browser, signed in afresh. */
async function visitor(persona: PersonaId) {
  const sessions = server.app.get<Sessions>(SESSIONS);
  const { session, setCookie } = await sessions.start(personaOf(persona)!, false);
  const cookie = setCookie.split(';', 1)[0]!;
  const answered = async (response: Response) => {
    const html = await response.text();
    const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
    return { status: response.status, headers: response.headers, html, main };
  };
  return {
    read: async (path: string) =>
      answered(await fetch(server.base + path, { headers: { cookie }, redirect: 'manual' })),
    send: async (path: string, form: Record<string, string>) =>
      answered(
        await fetch(server.base + path, {
          method: 'POST',
          redirect: 'manual',
          headers: { cookie },
          body: new URLSearchParams({ _csrf: sessions.csrfToken(session), ...form }),
        }),
      ),
  };
}

const why = { reason: 'lifeAtRisk', words: 'Found on the floor, cannot say what she takes.' };

let people = 0;

/** Each of a birth date of their own: nobody has to say that they are not the same. */
async function takeReferral(): Promise<string> {
  const person = { givenName: 'Edith', familyName: 'Smith', birthDate: `${1900 + people++}-03-01` };
  const { personId } = (await server.command('register-person', person)).body;
  const taken = await server.command('take-referral', {
    personId,
    pathway: 'torbay-older-people',
    referrer: 'generalPractitioner',
    to: 'torbay-north-zone',
    urgency: 'soon',
    reason: 'Two falls this week',
    accept: true,
  });
  expect(taken.status).toBe(200);
  return String(taken.body['journeyId']);
}

/** Brixham has no part in the journey. */
async function opens(persona: PersonaId = 'coordinator-brixham', formId: string = randomUUID()) {
  const who = await visitor(persona);
  const answer = await who.send('/emergency-access/new', { _form: formId, journey: journeyId, ...why });
  return { ...who, answer };
}
const access = async () => (await server.engine.emergencies.ofJourney(journeyId))[0]!;
const logged = async (after: number) =>
  (await server.engine.accessStore.readAll({ limit: 100, after: String(after) })).events;
const inAccessLog = async () => (await server.engine.accessStore.head()).ordinal ?? 0;

describe('A record opened in an emergency', () => {
  beforeAll(async () => {
    server = await startServer({ clock });
    // Where the lists are built for the first time nobody is shown them, and on a busy machine that takes seconds.
    while (!(await fetch(`${server.base}/health/ready`)).ok) await pause(50);
  }, 120_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    ahead = 0;
    journeyId = await takeReferral();
  });

  it('is offered on the page of a record that is not theirs, and to no other role', async () => {
    const brixham = await visitor('coordinator-brixham');
    const refused = await brixham.read(`/journeys/${journeyId}`);
    expect(refused).toMatchObject({ status: 404, main: expect.not.stringContaining('Smith') });
    expect(refused.main).toContain(`/emergency-access/new?journey=${journeyId}`);
    const asked = await brixham.read(`/emergency-access/new?journey=${journeyId}`);
    expect(asked.main).toMatch(/ends by itself after 4 hours[\s\S]*from memory \[M\]/);
    for (const persona of ['evaluator', 'administrator', 'pilot-lead-torbay', 'auditor'] as const) {
      const { answer, read } = await opens(persona);
      expect(answer.status).toBe(403);
      expect((await read(`/emergency-access/new?journey=${journeyId}`)).status).toBe(403);
    }
    expect((await (await visitor('evaluator')).read(`/journeys/${journeyId}`)).main).not.toContain('emergency');
    expect(await server.engine.emergencies.ofJourney(journeyId)).toEqual([]);
  });

  it('wants a reason as a code and in words, and says so where one is missing', async () => {
    const brixham = await visitor('coordinator-brixham');
    const form = { _form: randomUUID(), journey: journeyId, reason: 'lifeAtRisk' };
    const answer = await brixham.send('/emergency-access/new', form);
    expect(answer).toMatchObject({ status: 422, main: expect.stringContaining('Enter what is happening') });
    expect((await brixham.read(`/journeys/${journeyId}`)).status).toBe(404);
  });

  it('shows the whole journey with who it is, says so at the top, and has nothing to change it by', async () => {
    const before = await inAccessLog();
    const { answer, read } = await opens();
    expect(answer).toMatchObject({ status: 303 });
    const page = await read(`/journeys/${journeyId}`);
    expect(page).toMatchObject({ status: 200, main: expect.stringContaining('Edith Smith') });
    expect(page.main).toContain('Two falls this week');
    expect(page.html).toMatch(/Emergency access until \d\d:\d\d: Torbay North zone.* has been told/);
    expect(page.main).not.toMatch(/<form|Put this entry right|Offer a handover/);
    expect(Number(page.headers.get('refresh'))).toBeGreaterThan(4 * 3600 - 60);

    const [opened, viewed] = await logged(before);
    const { access: id } = await access();
    expect(opened).toMatchObject({ type: 'EmergencyAccessOpened', purpose: 'emergency', data: { access: id } });
    expect(JSON.stringify(opened)).not.toContain('Found on the floor');
    expect(viewed).toMatchObject({
      type: 'RecordViewed',
      purpose: 'emergency',
      actor: { organisation: 'brixham-home-care' },
      data: { emergency: id, journey: journeyId, shown: 'identified' },
    });
  });

  it('is told at once to open pages of the team that was told, and to nobody else', async () => {
    const listen = async (as: PersonaId) => {
      const headers = { authorization: `Bearer ${await server.token(as)}` };
      const response = await fetch(`${server.base}/api/changes`, { headers });
      return response.body!.pipeThrough(new TextDecoderStream()).getReader();
    };
    const [told, stranger] = [await listen('coordinator-torbay'), await listen('evaluator')];
    await opens();
    let heard = '';
    while (!heard.includes('emergency_access')) heard += (await told.read()).value ?? '';
    expect(heard).toContain(journeyId);
    await told.cancel();

    const waits = stranger.read();
    const silence = new Promise((resolve) => setTimeout(resolve, 300, { value: '' }));
    expect(JSON.stringify(await Promise.race([waits, silence]))).not.toContain(journeyId);
    await stranger.cancel();
  });

  it('is shown only once the view is written down', async () => {
    const { read } = await opens();
    const full = jest.spyOn(server.engine.accessStore, 'append').mockRejectedValue(new Error('disk full'));
    const page = await read(`/journeys/${journeyId}`);
    full.mockRestore();
    expect(page.status).toBe(500);
    expect(page.html).not.toContain('Smith');
  });

  it('allows no command: neither by a form nor by a program', async () => {
    const { read, send } = await opens();
    const events = await server.events();
    expect((await read(`/journeys/${journeyId}/contact`)).status).toBe(404);
    const form = { _form: randomUUID(), reason: 'other' };
    expect((await send(`/journeys/${journeyId}/pause`, form)).status).toBe(404);
    const command = await server.command(
      'pause-journey',
      { journeyId, reason: 'other' },
      { as: 'coordinator-brixham' },
    );
    expect(command.status).toBe(404);
    expect((await server.query(`/api/journeys/${journeyId}`, 'coordinator-brixham')).status).toBe(404);
    expect(await server.events()).toBe(events);
  });

  it('is open to whoever gave the reason, and to nobody else of their organisation', async () => {
    await opens();
    const { staff } = personaOf('coordinator-brixham')!.actor;
    const { emergencies, realClock } = server.engine;
    expect(await emergencies.inForce(staff, journeyId, realClock.now())).toBeDefined();
    expect(await emergencies.inForce('staff-colleague', journeyId, realClock.now())).toBeUndefined();
  });

  it('ends by the clock, and is offered again', async () => {
    await opens();
    ahead = hours(4);
    const later = await visitor('coordinator-brixham');
    const page = await later.read(`/journeys/${journeyId}`);
    expect(page).toMatchObject({ status: 404, main: expect.stringContaining('Open in an emergency') });
  });

  it('ends sooner where whoever opened it says so, and nobody else can', async () => {
    const { read, send } = await opens();
    const { access: id } = await access();
    expect((await (await visitor('coordinator-torbay')).send(`/emergency-access/${id}/end`, {})).status).toBe(404);
    expect((await read(`/journeys/${journeyId}`)).status).toBe(200);
    expect((await send(`/emergency-access/${id}/end`, {})).status).toBe(303);
    expect((await read(`/journeys/${journeyId}`)).status).toBe(404);
    expect((await read(`/emergency-access/${id}`)).main).not.toContain('Smith');
  });

  it('is opened once where the form is sent twice, and after a restart it is open still', async () => {
    const formId = randomUUID();
    await opens('coordinator-brixham', formId);
    await opens('coordinator-brixham', formId);
    expect(await server.engine.emergencies.ofJourney(journeyId)).toHaveLength(1);
    await server.restart();
    expect((await (await visitor('coordinator-brixham')).read(`/journeys/${journeyId}`)).status).toBe(200);
  }, 30_000);

  it('is not written down where the record is theirs to read', async () => {
    const { answer } = await opens('coordinator-torbay');
    expect(answer.headers.get('location')).toBe(`/journeys/${journeyId}`);
    expect(await server.engine.emergencies.ofJourney(journeyId)).toEqual([]);
  });

  it('is told to the team that holds, on their list and on the journey, and reviewed by them', async () => {
    await opens();
    const told = 'Opened in an emergency by Bryn Invented of Brixham Home Care';
    const torbay = await visitor('coordinator-torbay');
    for (const path of ['/worklist', `/journeys/${journeyId}`, '/emergency-access'])
      expect((await torbay.read(path)).main).toContain(told);
    const { access: id } = await access();
    const page = await torbay.read(`/emergency-access/${id}`);
    expect(page.main).toMatch(/Edith Smith[\s\S]*Found on the floor/);
    const needsWords = await torbay.send(`/emergency-access/${id}/review`, { outcome: 'justified' });
    expect(needsWords.status).toBe(422);
    const review = { outcome: 'justified', words: 'She was rung an ambulance.' };
    expect((await torbay.send(`/emergency-access/${id}/review`, review)).status).toBe(303);
    expect((await torbay.read(`/journeys/${journeyId}`)).main).not.toContain(told);
    expect((await torbay.read('/emergency-access')).main).toMatch(/Reviewed[\s\S]*Justified/);
  });

  it('is reviewed only once somebody has read what another found while their form was open', async () => {
    await opens();
    const { access: id } = await access();
    const auditor = await visitor('auditor');
    const form = await auditor.read(`/emergency-access/${id}`);
    const seen = /name="_seen" value="(\d+)"/.exec(form.main)![1]!;
    const review = { outcome: 'justified', words: 'She was rung an ambulance.' };
    const torbay = await visitor('coordinator-torbay');
    expect((await torbay.send(`/emergency-access/${id}/review`, { _seen: '0', ...review })).status).toBe(303);
    const path = `/emergency-access/${id}/review`;
    const told = await auditor.send(path, { _seen: seen, outcome: 'notJustified', words: 'No reason given.' });
    expect(told.status).toBe(409);
    expect(told.main).toMatch(/More was recorded while this form was open[\s\S]*Somebody else reviewed it: justified/);
    expect((await access()).reviews).toHaveLength(1);
    expect(told.main).toContain('name="_seen" value="1"');
    expect((await auditor.send(path, { _seen: '1', outcome: 'notJustified', words: 'No reason given.' })).status).toBe(303);
  });

  it('is not written down where the record became theirs while they were giving the reason', async () => {
    const offered = await server.command('offer-handoff', { ...offer, journeyId, to: 'brixham-home-care-team' });
    const brixham = await visitor('coordinator-brixham');
    expect((await brixham.read(`/emergency-access/new?journey=${journeyId}`)).status).toBe(200);
    const { handoffId } = offered.body;
    await server.command('accept-handoff', { journeyId, handoffId }, { as: 'coordinator-brixham' });
    const { answer } = await opens();
    expect(answer.headers.get('location')).toBe(`/journeys/${journeyId}`);
    expect(await server.engine.emergencies.ofJourney(journeyId)).toEqual([]);
  });

  it('is never reviewed by who opened it, and is overdue after five days', async () => {
    const { send } = await opens();
    const { access: id } = await access();
    const review = { outcome: 'justified', words: 'It was me.' };
    expect((await send(`/emergency-access/${id}/review`, review)).status).toBe(404);
    ahead = 6 * hours(24);
    expect((await (await visitor('coordinator-torbay')).read('/worklist')).main).toContain('The review is overdue');
  });

  it('is overseen by the pilot lead without name or words, by the auditor without a name, and by no evaluator', async () => {
    await opens();
    const { access: id } = await access();
    const seen = async (persona: PersonaId) => (await (await visitor(persona)).read(`/emergency-access/${id}`)).main;
    expect(await seen('pilot-lead-torbay')).not.toMatch(/Smith|Found on the floor|Record the review/);
    const audited = await seen('auditor');
    expect(audited).toMatch(/Found on the floor[\s\S]*Record the review/);
    expect(audited).not.toContain('Smith');
    for (const persona of ['evaluator', 'administrator'] as const)
      expect((await (await visitor(persona)).read('/emergency-access')).status).toBe(403);
    expect((await (await visitor('coordinator-brixham')).read('/emergency-access')).main).not.toContain('Smith');
  });
});

describe('In an emergency, while no list is kept', () => {
  beforeAll(async () => {
    ahead = 0;
    server = await startServer({ clock, project: false });
    journeyId = await takeReferral();
  }, 60_000);
  afterAll(() => server.stop());

  it('a record opens all the same', async () => {
    const { answer, read } = await opens();
    expect(answer.status).toBe(303);
    expect((await read(`/journeys/${journeyId}`)).main).toContain('Edith Smith');
  });
});
