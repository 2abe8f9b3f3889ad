import { describe, expect, it } from '@jest/globals';
import { at, person, projected, type Entry } from '../../../test/support/history.js';
import { answerFigures } from './answer-figures.js';
import { handoverCases } from './handover-cases.js';

const request = { pilot: 'torbay', from: '2011-03-01', to: '2011-04-01', asAt: at('2011-03-02 12:00') };

/** Each of them offered on 1 March, each answered in another way. */
const offered = (name: string) => {
  const she = person(name);
  return { she, entries: [...she.referred('2011-02-28 10:00'), she.offered('a', '2011-03-01 09:00')] };
};
const { she: signedIn, entries: one } = offered('signed in');
const { she: byLink, entries: two } = offered('by link');
const { she: declined, entries: three } = offered('declined by link');
const { she: told, entries: four } = offered('by telephone');
const { she: denied, entries: five } = offered('denied');
const { entries: six } = offered('waiting');
const linkAnswer = byLink.answeredByLink('a', '2011-03-01 09:20');
const report = told.reported('a', '2011-03-01 09:25');
const deniedAnswer = denied.answeredByLink('a', '2011-03-01 09:30');

const history: readonly Entry[] = [
  ...[...one, ...two, ...three, ...four, ...five, ...six],
  signedIn.accepted('a', '2011-03-01 09:10'),
  byLink.linked('a', '2011-03-01 09:05'),
  linkAnswer,
  declined.linked('a', '2011-03-01 09:05'),
  declined.answeredByLink('a', '2011-03-01 09:15', 'declined'),
  report,
  denied.linked('a', '2011-03-01 09:05'),
  deniedAnswer,
  denied.denied('a', deniedAnswer, '2011-03-01 11:00'),
];
const confirmation = byLink.confirmed('a', linkAnswer, '2011-03-01 12:00');

const ofAll = (entries: readonly Entry[], more = {}) =>
  projected(entries, async (rows) => (await answerFigures(rows, { ...request, ...more })).total);

describe('Answers of a period', () => {
  it('are counted apart by how sure it is who gave them, and by what became of those without an account', async () => {
    expect(await ofAll(history)).toEqual({
      boundary: null,
      answered: 5,
      by: { account: 1, linkWithCode: 3, telephoneReport: 1 },
      reports: { notConfirmed: 3, confirmed: 0, disputed: 1 },
    });
  });

  it('count as confirmed once the other team says so, and as known before not yet', async () => {
    const after = [...history, confirmation];
    expect(await ofAll(after)).toMatchObject({ reports: { notConfirmed: 2, confirmed: 1, disputed: 1 } });
    expect(await ofAll(after, { knownAt: history.length })).toMatchObject({
      answered: 5,
      reports: { notConfirmed: 3, confirmed: 0 },
    });
  });

  it('by boundary add up to all of them, and none is counted that was offered at another time', async () => {
    const { total, byBoundary } = await projected(history, (rows) => answerFigures(rows, request));
    expect(byBoundary).toEqual([{ ...total, boundary: 'community>socialCare' }]);
    expect(await ofAll(history, { from: '2011-04-01', to: '2011-05-01' })).toMatchObject({ answered: 0 });
  });

  it('open into the handovers behind each count', async () => {
    const found = await projected(history, async (rows) => ({
      byLink: (await handoverCases(rows, 'H2', { ...request, answeredAs: 'linkWithCode' })).map(({ person: id }) => id),
      disputed: (await handoverCases(rows, 'H2', { ...request, report: 'disputed' })).map(({ person: id }) => id),
    }));
    expect(new Set(found.byLink)).toEqual(new Set([byLink.personId, declined.personId, denied.personId]));
    expect(found.disputed).toEqual([denied.personId]);
  });
});
