type Ask = (text: string) => Promise<{ readonly rows: readonly { readonly now: number }[] }>;

/** Milliseconds, as far as one can tell: the answer was on its way at some moment between asking and hearing it. */
export async function clockAhead(ask: Ask, now: () => number): Promise<number> {
  const [asked, start] = [now(), performance.now()];
  const { rows: [there] } = await ask("select (extract(epoch from clock_timestamp()) * 1000)::float8 as now");
  const took = performance.now() - start;
  const [earliest, latest] = [asked - there!.now, asked + took - there!.now];
  return earliest > 0 ? earliest : Math.min(latest, 0);
}
