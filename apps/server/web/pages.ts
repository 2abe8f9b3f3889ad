import { createHash, randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { mayAsk, type AccessBy, type Principal, type Served } from '#access';
import type { Freshness, Rows } from '#projections';
import { freshnessWords, incompleteWords, roleWords, staleWords, type Assets, type FieldProblem, type PageFrame, type Render } from '#web';
import { organisation } from '#pilots';
import { purposeOf } from '../api/access.js';
import type { Engine } from '../engine.js';
import { navigationOf } from './navigation.js';
import type { PageRequest } from './visitor.js';

/** Which people a page shows, and out of what: written down before it is sent. */
export interface Shows {
  readonly people: readonly string[];
  readonly journey?: string;
  /** Where the route alone does not say what was looked at, such as a colleague's list; nothing that was typed. */
  readonly page?: string;
  readonly identified: boolean;
  readonly served: Served;
  /** The emergency access without which it would not be shown. */
  readonly emergency?: string;
}

export interface Page {
  /** `<page>/<page>.njk` */
  readonly template: string;
  readonly title: string;
  readonly view: object;
  readonly status?: number;
  readonly freshness?: Freshness;
  /** Where the page changes by itself: after which changes it asks for itself again. */
  readonly live?: PageFrame['live'];
  readonly problems?: readonly FieldProblem[];
  /** Absent on pages that show nobody. */
  readonly shows?: Shows;
  /** People of whom the page tells something and not who they are, such as whom to ring. */
  readonly about?: readonly string[];
  /** Where it is shown only because of an emergency: every such page says so (DESIGN 7). */
  readonly emergency?: PageFrame['emergency'];
}

export type OpenPage = Pick<Page, 'template' | 'title' | 'view' | 'status' | 'problems'>;

/** Pages of a signed-in visitor: frame, access log, live refresh. */
export class Pages {
  constructor(
    private readonly engine: Engine,
    private readonly render: Render,
    private readonly assets: Assets,
  ) {}

  async send(request: PageRequest, reply: FastifyReply, page: Page): Promise<void> {
    const warnings = await this.warnings(page);
    const tag = page.live === undefined ? undefined : tagOf({ ...page.view, warnings });
    if (tag !== undefined && isRefreshOf(request, tag)) {
      // Nothing is shown that was not there: no new view (DESIGN 7).
      void reply.header('etag', tag);
      if (page.freshness) void reply.header('x-freshness', encodeURIComponent(freshnessWords(page.freshness)));
      await reply.status(304).send();
      return;
    }
    if (page.shows) await this.writeDown(request, page.shows);
    if (tag !== undefined) void reply.header('etag', tag);
    // A page that stays open asks again when the time is over, and is told that it is: without scripts too.
    if (page.emergency) void reply.header('refresh', String(page.emergency.endsIn));
    await reply
      .status(page.status ?? 200)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(this.render(page.template, { ...page.view, ...this.frame(request, page), warnings, liveTag: tag ?? '' }));
  }

  /** A page that nobody has to be signed in for. Whom it shows, if anybody, whoever sends it has written down. */
  async sendOpen(reply: FastifyReply, { template, title, view, status = 200, problems = [] }: OpenPage): Promise<void> {
    const frame = { ...openFrame(this.engine, this.assets, title), problems };
    await reply
      .status(status)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(this.render(template, { ...view, ...frame }));
  }

  /** A file to keep, such as figures. */
  async download(
    request: PageRequest,
    reply: FastifyReply,
    file: { name: string; text: string; shows?: Shows },
  ): Promise<void> {
    if (file.shows) await this.writeDown(request, file.shows);
    await reply
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="${file.name}"`)
      .type('text/csv; charset=utf-8')
      .send(file.text);
  }

  private frame(request: PageRequest, page: Omit<Page, 'template' | 'view'>): PageFrame {
    const { visitor, url } = request;
    return {
      title: page.title,
      assets: this.assets,
      csrf: visitor.csrf,
      now: this.engine.clock.now(),
      demo: this.engine.mode === 'demo',
      user: userOf(visitor.session.principal),
      mayFind: mayAsk(visitor.session.principal.actor, 'personSearch').allowed,
      navigation: navigationOf(visitor.session.principal.actor, url),
      ...(page.freshness && { freshness: page.freshness }),
      ...(page.live !== undefined && { live: page.live, here: url }),
      ...(page.problems && { problems: page.problems }),
      ...(page.emergency && { emergency: page.emergency }),
    };
  }

  /** What is old or incomplete on it: never shown as if it were new (FACTS 6, H2). */
  private async warnings({ freshness, shows, about = [] }: Page): Promise<readonly string[]> {
    if (!freshness) return [];
    const { projector, reader, vault } = this.engine;
    const state = projector?.status().state;
    const isFollowing = state !== 'restarting' && state !== 'stopped';
    const stale = staleWords(freshness, { isFollowing, now: this.engine.clock.now() });
    const set = freshness.incomplete === 0 ? [] : await incompleteAmong(reader, [...(shows?.people ?? []), ...about]);
    const named = ({ subject }: { subject: string }): string => {
      const identity = shows?.identified && shows.people.includes(subject) ? vault.identity(subject) : undefined;
      return identity && !('erased' in identity) ? `${identity.givenName} ${identity.familyName}` : 'somebody on this page';
    };
    return [...(stale === undefined ? [] : [stale]), ...(set.length > 0 ? [incompleteWords(set.map(named))] : [])];
  }

  private async writeDown(
    request: PageRequest,
    { people, journey, page, identified, served, emergency }: Shows,
  ): Promise<void> {
    if (people.length === 0) return;
    await this.engine.accessLog.viewed({
      ...accessBy(request),
      ...(page !== undefined && { page }),
      ...(emergency !== undefined && { purpose: 'emergency', emergency }),
      people: [...new Set(people)],
      ...(journey !== undefined && { journey }),
      shown: identified ? 'identified' : 'pseudonymous',
      served,
    });
  }
}

/** Who asks, why and from where. The page is the route, never the address: that may hold what somebody typed. */
export const accessBy = ({ visitor, routeOptions, id }: PageRequest): AccessBy => {
  const { actor } = visitor.session.principal;
  return { actor, purpose: purposeOf[actor.role], page: routeOptions.url ?? '/', correlationId: id, source: 'web' };
};

const userOf = ({ name, actor }: Principal) => ({
  name,
  role: roleWords[actor.role],
  organisation: organisationName(actor.organisation),
});

/** Organisations of the programme's own roles are not in the directory of care. */
export function organisationName(id: string): string {
  try {
    return organisation(id).name;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const words = id.replaceAll('-', ' ');
    return words.charAt(0).toUpperCase() + words.slice(1);
  }
}

const incompleteAmong = (rows: Rows, people: readonly string[]) =>
  rows.all<{ subject: string }>(
    'SELECT DISTINCT subject FROM quarantine WHERE subject IN (SELECT value FROM json_each(?)) ORDER BY subject',
    [JSON.stringify(people)],
  );

/** Of everything that the page says, apart from ids that forms carry. */
const tagOf = (view: object): string =>
  `"${createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 22)}"`;

const isRefreshOf = ({ headers }: PageRequest, tag: string): boolean =>
  headers['x-live-refresh'] === '1' && headers['if-none-match'] === tag;

/** Of a page that nobody has to be signed in for. */
export const openFrame = (engine: Engine, assets: Assets, title: string): PageFrame => ({
  title,
  assets,
  csrf: '',
  now: engine.clock.now(),
  demo: engine.mode === 'demo',
  mayFind: false,
  navigation: [],
});

/** For a form that is shown for the first time: whatever is sent from it happens once. */
export const newFormId = (): string => randomUUID();
