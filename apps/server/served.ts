/** What the access log says a page was made from (DESIGN 7). */
import type { Served } from '#access';
import type { Answered } from '#projections';

/** @param readModel the one that the answer says most of */
export function servedFrom(readModel: string, { freshness, versions }: Omit<Answered<unknown>, 'value'>): Served {
  const version = versions[readModel];
  if (version === undefined) throw new RangeError(`no read model ${readModel} answered`);
  const { ordinal, position } = freshness;
  return { readModel, version, ordinal, ...(position !== undefined && { position }) };
}
