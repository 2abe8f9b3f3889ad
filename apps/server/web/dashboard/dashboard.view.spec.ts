import { describe, expect, it } from '@jest/globals';
import { hours, minutes } from '#kernel';
import { dashboard, type ClockFigure } from '#metrics';
import { at, person, projected } from '../../../../test/support/history.js';
import { answersSentence, clocksCsv, clockSentence, dashboardPage, periodOf } from './dashboard.view.js';

const asAt = at('2011-03-01 12:00');
const figure: ClockFigure = {
  boundary: null,
  started: 12,
  timed: 9,
  untimed: 0,
  median: minutes(25),
  p90: hours(3),
  medianWithOpen: null,
  withinTarget: 6,
  judged: 9,
  percentWithinTarget: 66.67,
  open: 2,
  overdue: 1,
  oldestOpen: { since: at('2011-02-28 21:00'), age: hours(15) },
  otherwise: { declined: 1, withdrawn: 0, lapsed: 0, stopped: 0 },
};

const she = person('Mrs Smith');
const shown = (mayOpen: boolean) =>
  projected(
    [
      ...she.referred('2011-02-21 11:00'),
      she.offered('one', '2011-03-01 08:50'),
      she.accepted('one', '2011-03-01 09:15'),
    ],
    async (rows) => {
      const found = await dashboard(rows, { pilot: 'torbay', ...periodOf({}, asAt), asAt });
      return { page: dashboardPage(found, 'Torbay Care Trust', mayOpen), csv: clocksCsv(found) };
    },
  );

describe('A table of the dashboard', () => {
  it('is said in one plain sentence', () => {
    expect(clockSentence(figure)).toBe(
      'Of 12, half took 25 minutes or less, and 9 in 10 took 3 hours or less. 67% kept their target. 2 are still open, the oldest for 15 hours.',
    );
  });

  it('never divides by nothing', () => {
    expect(clockSentence({ ...figure, started: 0 })).toBe('Nothing of this kind began in this period.');
    expect(clockSentence({ ...figure, median: null, p90: null, percentWithinTarget: null })).toMatch(
      /^Of 12, none has ended with a time\. 2 are still open/,
    );
  });

  it('opens each figure into what is behind it, for those who may', async () => {
    const { page } = await shown(true);
    expect(page.clocks[1]?.lines[0]?.started).toEqual({
      text: '1',
      href: '/metrics/h2-acceptance/cases?pilot=torbay&from=2011-01-31&to=2011-03-02',
    });
    expect((await shown(false)).page.clocks[1]?.lines[0]?.started).toEqual({ text: '1', href: null });
  });

  it('names sectors in words and counts what is open, never dropped', async () => {
    const { page } = await shown(true);
    expect(page.clocks[1]?.lines[1]).toMatchObject({
      boundary: 'Community health to social care',
      median: '25 min',
      open: { text: '0' },
    });
  });

  it('is a file of figures that nothing was rounded in', async () => {
    const lines = (await shown(true)).csv.split('\r\n');
    expect(lines[0]).toContain('pilot,from,to,metric,version,boundary,started');
    expect(lines.find((line) => line.includes('h2-acceptance,1,all'))).toMatch(
      /^torbay,2011-01-31,2011-03-01,h2-acceptance,1,all,1,1,1500,1500,1,1,0/,
    );
  });

  it('says how sure it is who answered, and opens each count', async () => {
    const { page, csv } = await shown(true);
    expect(page.answers.sentence).toBe(
      'Of 1 answer, 1 came with an account, 0 by a link with a code, and 0 were reported by telephone.',
    );
    expect(page.answers.lines[0]?.counts[0]).toEqual({
      text: '1',
      href: '/metrics/h2-acceptance/cases?pilot=torbay&from=2011-01-31&to=2011-03-02&answeredAs=account',
    });
    expect(page.answers.lines[0]?.counts.slice(1)).toEqual(Array(5).fill({ text: '0', href: null }));
    expect((await shown(false)).page.answers.lines[0]?.counts[0]).toEqual({ text: '1', href: null });
    expect(csv).toMatch(/h2-acceptance,1,all,.*,1,0,0,0,0,0\r\n/);
    expect(
      answersSentence({
        boundary: null,
        answered: 20,
        by: { account: 10, linkWithCode: 4, telephoneReport: 6 },
        reports: { notConfirmed: 4, confirmed: 5, disputed: 1 },
      }),
    ).toBe(
      'Of 20 answers, 10 came with an account, 4 by a link with a code, and 6 were reported by telephone. Of the 10 without an account, 5 are confirmed, 4 not confirmed and 1 disputed.',
    );
  });

  it('takes thirty days where the address names no period, or a wrong one', () => {
    expect(periodOf({}, asAt)).toEqual({ from: '2011-01-31', to: '2011-03-02' });
    expect(periodOf({ from: '2011-02-31', to: 'soon' }, asAt)).toEqual({ from: '2011-01-31', to: '2011-03-02' });
  });
});
