import type { EventReader, Page, ReadAllOptions } from '#event-store';

/** What was asked of a log, and how many events it gave. */
export interface Readings {
  readonly asked: ReadAllOptions[];
  events: number;
}

export type DearReader = Pick<EventReader, 'readAll' | 'head'> & { readonly readings: Readings };

/**
 * A log as on a cluster: a part of it costs a pass over the whole, and only a reader can tell how long it is.
 *
 * @param before runs before each page
 */
export function withDearParts(log: Pick<EventReader, 'readAll' | 'head'>, before?: (readings: Readings) => void): DearReader {
  const readings: Readings = { asked: [], events: 0 };
  return {
    readings,
    async readAll(options): Promise<Page> {
      before?.(readings);
      readings.asked.push(options);
      const page = await log.readAll(options);
      readings.events += page.events.length;
      return page;
    },
    async head() {
      const { position } = await log.head();
      return position === undefined ? {} : { position };
    },
  };
}
