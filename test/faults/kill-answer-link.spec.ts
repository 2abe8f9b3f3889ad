import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openSqliteEventStore } from '#event-store';
import { journeyStream } from '#kernel';
import { Product, throughcare } from '../support/product.js';

/** At whatever instant between an answer sent and its page; more of them where somebody has the time. */
const ROUNDS = Number(process.env['THROUGHCARE_KILL_ROUNDS'] ?? 4);
/** From before the answer is durable to after it was told, milliseconds. */
const LATEST_KILL = 60;

const accepts = { answer: 'accepted', saidBy: 'Jan Example, manager', reachedOn: '01632 960999' };
const declines = { ...accepts, answer: 'declined', reason: 'noCapacity' };

describe(`A link to answer with, where the product is killed ${ROUNDS} times while it is answered`, () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'throughcare-kill-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it(
    'gives one answer, and the one that was told, whatever is sent after the start',
    async () => {
      expect((await throughcare(dataDir, ['import', 'fhir', 'samples/fhir'])).code).toBe(0); // A store that is there is not seeded.
      const { last: token } = await throughcare(dataDir, ['token', 'coordinator-torbay']);
      const product = await Product.on(dataDir);
      await product.start();
      const command = async (name: string, body: object) => {
        const headers = {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        };
        const answer = await fetch(`${product.origin}/api/commands/${name}`, {
          method: 'POST',
          headers,
          body: JSON.stringify(body),
        });
        expect(answer.status).toBe(200);
        return (await answer.json()) as Record<string, string> & { answerLink: { address: string; code: string } };
      };
      const post = async (address: string, form: Record<string, string>) => {
        const answer = await fetch(product.origin + address, { method: 'POST', body: new URLSearchParams(form) });
        return { status: answer.status, text: await answer.text() };
      };

      const told = new Map<string, boolean>();
      for (let round = 1; round <= ROUNDS; round++) {
        const { personId } = await command('register-person', {
          givenName: 'Ann',
          familyName: `Killed${round}`,
          birthDate: '1930-01-02',
        });
        const { journeyId } = await command('take-referral', {
          personId,
          pathway: 'torbay-older-people',
          referrer: 'self',
          to: 'torbay-north-zone',
          urgency: 'soon',
          reason: 'Help.',
          accept: true,
        });
        const { handoffId } = await command('offer-handoff', {
          journeyId,
          to: 'brixham-home-care-team',
          urgency: 'urgent',
          effect: 'now',
          asked: 'Care',
          risks: 'noneKnown',
          safeguarding: 'noneKnown',
          agreement: 'agreed',
          sharing: 'directCareConsent',
        });
        const { address, code } = (await command('issue-answer-link', { journeyId, handoffId })).answerLink;
        const offer = await post(address, { code });
        const proof = { _csrf: /name="_csrf" value="([^"]+)"/.exec(offer.text)![1]!, _step: 'do' };

        const first = post(address, { ...proof, ...accepts }).then(
          ({ status }) => status === 200,
          () => false,
        );
        await pause((LATEST_KILL * round) / ROUNDS);
        await product.kill();
        told.set(journeyId!, await first);
        await product.start();
        const after = await Promise.all([
          post(address, { ...proof, ...declines }),
          post(address, { ...proof, ...accepts }),
        ]);
        expect(after.map(({ status }) => status).sort()).toEqual([200, 410]);
      }
      await product.stop();

      const store = await openSqliteEventStore({ file: join(dataDir, 'log.db'), readOnly: true });
      for (const [journeyId, wasAccepted] of told) {
        const events = await store.readStream(journeyStream(journeyId));
        const answers = events.filter(({ type }) => type === 'HandoffAnsweredByLink');
        expect(answers).toHaveLength(1);
        if (wasAccepted) expect(answers[0]).toMatchObject({ data: { answer: 'accepted' } });
      }
      await store.close();
      process.stderr.write(`${ROUNDS} kills, ${[...told.values()].filter(Boolean).length} answers told before them\n`);
    },
    60_000 + ROUNDS * 30_000,
  );
});
