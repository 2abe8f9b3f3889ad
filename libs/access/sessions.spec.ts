import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fromMillis, hours, minutes } from '#kernel';
import { inEachPlace } from '../../test/support/places.js';
import { personaOf } from './personas.js';
import { openRevokedSessions, type RevokedSessions } from './revoked-sessions.js';
import { deriveKey, SealedClaims } from './sealed-claims.js';
import { Sessions } from './sessions.js';

const { actor, name, teams } = personaOf('coordinator-torbay')!;
const coordinator = { actor, name, teams };
const secret = Buffer.alloc(32, 3);

/** The cookie as the browser sends it back. */
const sent = (setCookie: string) => setCookie.split(';', 1)[0]!;

inEachPlace((here) => {
  let revoked: RevokedSessions;
  let now: number;
  let sessions: Sessions;
  const clock = { now: () => fromMillis(now) };

  beforeEach(async () => {
    revoked = await openRevokedSessions(await here().place());
    now = Date.parse('2026-11-23T08:00:00.400Z');
    sessions = new Sessions({ secret, revoked, clock });
  });
  afterEach(() => revoked.close());

  describe('A session', () => {
    it('is read back from its cookie, also by a server started anew', async () => {
      const { session, setCookie } = await sessions.start(coordinator, false);
      const read = await new Sessions({ secret, revoked, clock }).read(sent(setCookie), false);
      expect(read).toEqual({ session });
      expect(session.principal).toEqual(coordinator);
    });

    it('cannot be read by scripts or sent from other sites, and over https never in the clear', async () => {
      const attributes = (setCookie: string) => setCookie.split('; ').slice(1).toSorted();
      const { setCookie } = await sessions.start(coordinator, false);
      expect(attributes(setCookie)).toEqual(['HttpOnly', 'Max-Age=43199', 'Path=/', 'SameSite=Lax']);
      expect(attributes((await sessions.start(coordinator, true)).setCookie)).toContain('Secure');
    });

    it('says nothing to who reads the cookie', async () => {
      const { setCookie } = await sessions.start(coordinator, false);
      const parts = sent(setCookie).split('=')[1]!.split('.');
      const readable = parts.map((part) => Buffer.from(part, 'base64url').toString('latin1')).join();
      expect(readable).toContain('A256GCM');
      for (const text of [coordinator.name, actor.staff, actor.organisation]) expect(readable).not.toContain(text);
    });

    it('ends after half an hour without a request, and goes on while somebody works', async () => {
      let cookie = sent((await sessions.start(coordinator, false)).setCookie);
      for (let i = 0; i < 4; i++) {
        now += minutes(29);
        const read = await sessions.read(cookie, false);
        cookie = sent(read.session ? read.setCookie! : '');
      }
      now += minutes(30) + 1;
      expect(await sessions.read(cookie, false)).toEqual({ ended: 'idle' });
    });

    it('ends after twelve hours, however busy', async () => {
      let cookie = sent((await sessions.start(coordinator, false)).setCookie);
      let ended: string | undefined;
      const begun = now;
      while (!ended && now - begun < hours(24)) {
        now += minutes(20);
        const read = await sessions.read(cookie, false);
        if (read.session) cookie = sent(read.setCookie!);
        else ended = read.ended;
      }
      expect(ended).toBe('expired');
      expect(now - begun).toBe(hours(12));
    });

    it('writes no new cookie for requests within the same minute', async () => {
      const { setCookie } = await sessions.start(coordinator, false);
      now += 59_000;
      expect(await sessions.read(sent(setCookie), false)).not.toHaveProperty('setCookie');
    });

    it('signed out is over for every copy of the cookie, and after a restart', async () => {
      const { session, setCookie } = await sessions.start(coordinator, false);
      expect(await sessions.end(session, false)).toMatch(/^throughcare_session=; .*Max-Age=0/);
      expect(await sessions.read(sent(setCookie), false)).toEqual({ ended: 'signedOut' });
      await revoked.close();
      revoked = await openRevokedSessions(await here().place());
      const restarted = new Sessions({ secret, revoked, clock });
      expect(await restarted.read(sent(setCookie), false)).toEqual({ ended: 'signedOut' });
    });

    it('signed out in one process is refused by every other at once', async () => {
      const { session, setCookie } = await sessions.start(coordinator, false);
      const others = await Promise.all([1, 2].map(async () => openRevokedSessions(await here().place())));
      const processes = others.map((one) => new Sessions({ secret, revoked: one, clock }));
      for (const other of processes) expect(await other.read(sent(setCookie), false)).toEqual({ session });
      await sessions.end(session, false);
      for (const other of processes) expect(await other.read(sent(setCookie), false)).toEqual({ ended: 'signedOut' });
      await Promise.all(others.map((one) => one.close()));
    });

    it('read a moment ago is over by its time and by signing out like one that comes for the first time', async () => {
      const { session, setCookie } = await sessions.start(coordinator, false);
      const patient = new Sessions({ secret, revoked, clock, idle: hours(24) });
      expect(await patient.read(sent(setCookie), false)).toEqual({ session });
      now = Date.parse(session.endsAt);
      expect(await patient.read(sent(setCookie), false)).toEqual({ ended: 'expired' });
      now = Date.parse(session.startedAt);
      expect(await patient.read(sent(setCookie), false)).toEqual({ session });
      await patient.end(session, false);
      expect(await patient.read(sent(setCookie), false)).toEqual({ ended: 'signedOut' });
    });

    it('signed out is forgotten once it would be over anyway', async () => {
      const first = await sessions.start(coordinator, false);
      await sessions.end(first.session, false);
      now += hours(13);
      await sessions.end((await sessions.start(coordinator, false)).session, false);
      expect(await revoked.has(first.session.id)).toBe(false);
    });

    it('is refused after any change to the cookie', async () => {
      const cookie = sent((await sessions.start(coordinator, false)).setCookie);
      for (const place of [25, Math.floor(cookie.length / 2), cookie.length - 5]) {
        const changed = cookie.slice(0, place) + (cookie[place] === 'A' ? 'B' : 'A') + cookie.slice(place + 1);
        expect(await sessions.read(changed, false)).toEqual({ ended: 'unreadable' });
      }
      expect(await sessions.read('throughcare_session=x', false)).toEqual({ ended: 'unreadable' });
      expect(await sessions.read('other=x', false)).toEqual({ ended: 'none' });
      expect(await sessions.read(undefined, false)).toEqual({ ended: 'none' });
    });

    it('of another server, of another purpose, or with claims of another release is refused', async () => {
      const elsewhere = new Sessions({ secret: Buffer.alloc(32, 4), revoked, clock });
      const { setCookie } = await elsewhere.start(coordinator, false);
      expect(await sessions.read(sent(setCookie), false)).toEqual({ ended: 'unreadable' });
      for (const purpose of ['sign-in', 'session']) {
        const value = await new SealedClaims(secret, purpose, clock).seal({ role: 'coordinator' }, now + hours(1));
        expect(await sessions.read(`throughcare_session=${value}`, false)).toEqual({ ended: 'unreadable' });
      }
      expect(deriveKey(secret, 'a').equals(deriveKey(secret, 'b'))).toBe(false);
    });
  });

  describe('A form', () => {
    it('is taken with the token of its own session and no other', async () => {
      const mine = (await sessions.start(coordinator, false)).session;
      const other = (await sessions.start(coordinator, false)).session;
      const token = sessions.csrfToken(mine);
      expect(sessions.checkCsrf(mine, token)).toBe(true);
      expect(sessions.checkCsrf(other, token)).toBe(false);
      for (const wrong of [undefined, '', token.slice(1), `${token}x`, [token]])
        expect(sessions.checkCsrf(mine, wrong)).toBe(false);
    });
  });
});
