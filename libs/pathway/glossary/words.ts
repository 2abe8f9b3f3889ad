/** A word for every code of a list; the compiler misses none. */
export type Words<Code extends string> = Readonly<Record<Code, string>>;
export type WordsFor<List extends readonly string[]> = Words<List[number]>;
