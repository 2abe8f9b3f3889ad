import { describe, expect, it } from '@jest/globals';
import { dashboard, type VerdictFigure } from '#metrics';
import { at, brixham, person, projected } from '../../../../test/support/history.js';
import { casesPage } from '../metric/cases.view.js';
import { dashboardPage, periodOf } from './dashboard.view.js';
import { verdictSentence } from './verdicts.view.js';

const asAt = at('2011-03-02 12:00');
const figure: VerdictFigure = {
  boundary: null,
  contacted: 12,
  said: 9,
  by: { yes: 6, partly: 2, no: 1, notSaid: 3 },
  proportion: 6 / 9,
  missing: [{ what: 'medicines', count: 2 }],
  open: 4,
};

describe('What receivers found, on the dashboard', () => {
  it('is one plain sentence, with those who did not say apart', () => {
    expect(verdictSentence(figure)).toBe(
      'Of 9 receivers who said, 6 found the person as described (67%), 2 partly and 1 not. Of 12 first contacts, 3 did not say. Missing most often: medicines.',
    );
  });

  it('is never good where nobody said anything', () => {
    const silent = { ...figure, said: 0, by: { yes: 0, partly: 0, no: 0, notSaid: 12 }, proportion: null, missing: [] };
    expect(verdictSentence(silent)).toBe('Of 12 first contacts, none says how the person was found.');
    expect(verdictSentence({ ...silent, contacted: 0 })).toBe('No handover of this period has had its first contact.');
  });

  it('leads from each count to the handovers behind it, for those who may', async () => {
    const she = person('Mrs Smith');
    const history = [
      ...she.referred('2011-02-28 10:00'),
      she.offered('a', '2011-03-01 09:00'),
      she.accepted('a', '2011-03-01 09:10'),
      she.said(
        'FirstContactRecorded',
        { handoffId: she.handoff('a'), by: brixham, mode: 'visit', asDescribed: 'partly', missing: 'medicines' },
        '2011-03-01 16:00',
      ),
    ];
    const page = (mayOpen: boolean) =>
      projected(history, async (rows) =>
        dashboardPage(await dashboard(rows, { pilot: 'torbay', ...periodOf({}, asAt), asAt }), 'Torbay', mayOpen),
      );
    const all = (await page(true)).verdicts.lines[0]!;
    const cases = '/metrics/as-described/cases?pilot=torbay&from=2011-02-01&to=2011-03-03';
    expect(all.contacted).toEqual({ text: '1', href: cases });
    expect(all.counts.map(({ text }) => text)).toEqual(['0', '1', '0', '0']);
    expect(all.counts[1]?.href).toBe(`${cases}&outcome=partly`);
    expect(all.missing).toEqual([{ text: 'Medicines 1', href: `${cases}&missing=medicines` }]);
    expect(all.share).toBe('0%');
    expect((await page(false)).verdicts.lines[0]?.missing).toEqual([{ text: 'Medicines 1', href: null }]);
  });

  it('says on the page behind a count which verdict it is of', () => {
    const which = (asked: object) =>
      casesPage({ title: 'As the handover described' }, { asAt, ...asked }, [], { path: '/', query: {}, mayOpen: true })
        .sentence;
    expect(which({ outcome: 'notSaid' })).toMatch(/^Did not say, all boundaries/u);
    expect(which({ missing: 'medicines' })).toMatch(/^Missing: medicines, all boundaries/u);
  });
});
