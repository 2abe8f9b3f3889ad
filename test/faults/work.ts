/** Coordinators who record at two API processes while somebody looks at the worklist, and something breaks. */
import { expect } from '@jest/globals';
import type { Organisation } from '../support/organisation.js';
import type { Product } from '../support/product.js';
import { Clients } from './clients.js';
import { Onlooker } from './onlooker.js';
import { nothingWrong, wrongIn, type Told } from './whole-log.js';

/** At each process. */
const CLIENTS = 2;

interface Setting {
  readonly organisation: Organisation;
  readonly apis: readonly Product[];
  readonly web: Product;
  /** Of whom they record as. */
  readonly token: string;
  /** Of who looks. */
  readonly cookie: string;
}

export class Work implements Told {
  readonly acknowledged = new Set<string>();
  readonly inOrder: string[][] = [];

  private constructor(
    private readonly setting: Setting,
    /** In the log before anybody works. */
    private entries: number,
  ) {}

  static async of(setting: Setting): Promise<Work> {
    return new Work(setting, (await setting.organisation.events()).length);
  }

  /**
   * Afterwards everything has to be there.
   * @param fault is also given how many entries were acknowledged so far
   * @returns pages of each kind that were seen, and the longest that anybody waited for an answer
   */
  async amid(fault: (onlooker: Onlooker, recorded: () => number) => Promise<void>): Promise<Onlooker['saw'] & { readonly longestWait: number }> {
    const { apis, web, token, cookie } = this.setting;
    const clients = apis.map(({ origin }) => new Clients(origin, token));
    const before = this.entries;
    const recorded = () => clients.reduce((sum, each) => sum + each.acknowledged.size, 0);
    const onlooker = new Onlooker(web.origin, cookie, () => before + recorded());
    const working = clients.map((each) => each.work(CLIENTS));
    try {
      await onlooker.sees('current');
      await fault(onlooker, recorded);
    } finally {
      for (const each of clients) each.stop();
      await Promise.all(working);
    }
    const longestWait = Math.max(...clients.map((each) => each.longestWait));
    for (const each of clients) await each.repeatUnanswered();
    await onlooker.sees('current');
    await onlooker.stop();
    expect(clients.flatMap(({ refusals }) => refusals)).toEqual([]);
    expect(onlooker.oldAsNew).toEqual([]);
    for (const each of clients) {
      expect(each.acknowledged.size).toBeGreaterThan(10);
      for (const id of each.acknowledged) this.acknowledged.add(id);
      this.inOrder.push(...each.inOrder);
    }
    await this.nothingIsLost();
    return { ...onlooker.saw, longestWait };
  }

  /** Everything acknowledged is in the log, nothing twice or half, and what is served is what a rebuild makes of it. */
  async nothingIsLost(): Promise<void> {
    const { organisation, apis: [api], token } = this.setting;
    const events = await organisation.events();
    expect(wrongIn(events, this)).toEqual(nothingWrong);
    this.entries = events.length;
    const asked = `/api/worklist?minPosition=${encodeURIComponent(events.at(-1)!.position)}`;
    expect((await fetch(api!.origin + asked, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    const { equal, ordinal } = await organisation.verified();
    expect(equal).toBe(true);
    expect(ordinal).toBeGreaterThanOrEqual(this.entries);
  }
}
