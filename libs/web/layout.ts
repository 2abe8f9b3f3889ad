import type { Freshness } from '#projections';
import type { Instant } from '#kernel';

/** What every page tells, whatever else it shows; the layout draws it. */
export interface PageFrame {
  readonly title: string;
  readonly assets: {
    readonly css: readonly string[];
    readonly first: string;
    readonly icon: string;
    readonly js: readonly string[];
  };
  readonly csrf: string;
  /** The engine's clock: the demo's own, or the real one. */
  readonly now: Instant;
  /** A demo says so on every page (DESIGN 9). */
  readonly demo: boolean;
  readonly user?: {
    readonly name: string;
    readonly role: string;
    readonly organisation: string;
  };
  /** Whether somebody can be looked for from every page. */
  readonly mayFind: boolean;
  /** On a record that is shown only because of an emergency. */
  readonly emergency?: {
    readonly until: Instant;
    /** Seconds. */
    readonly endsIn: number;
    /** Who has been told. */
    readonly told: string;
    /** Where it can be ended. */
    readonly href: string;
  };
  readonly navigation: readonly { readonly href: string; readonly text: string; readonly current: boolean }[];
  /** Absent on pages that read no read model. */
  readonly freshness?: Freshness;
  /** Above everything else: what on this page is not as it is now. */
  readonly warnings?: readonly string[];
  /** After which changes the page asks for itself again; absent where it does not change by itself. */
  readonly live?: { readonly journey?: string; readonly tables?: readonly string[] };
  /** Its address, where somebody without scripts loads it again. */
  readonly here?: string;
  /** Of what the page says now: the first thing it asks itself again with. */
  readonly liveTag?: string;
  /** Problems of a form that was sent, first in the page and linked to their fields. */
  readonly problems?: readonly { readonly text: string; readonly field?: string }[];
}
