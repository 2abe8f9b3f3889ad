/**
 * The sectors of care. The first six took part in the pilots; the last four join with the wider network of
 * February 2010. A boundary is an ordered pair of them (FACTS 3.1): a transfer inside one organisation still
 * crosses a boundary when the sector changes, as it did every day in Torbay Care Trust.
 */
export const sectors = [
  'primary', 'community', 'secondary', 'mentalHealth', 'socialCare', 'thirdSector',
  'childrensServices', 'education', 'criminalJustice', 'housing',
] as const;

export type Sector = (typeof sectors)[number];

/** `primary>community` */
export type Boundary = `${Sector}>${Sector}`;

export const boundary = (from: Sector, to: Sector): Boundary => `${from}>${to}`;

const outsideCare: ReadonlySet<Sector> = new Set(['childrensServices', 'education', 'criminalJustice', 'housing']);

/** Health and social care, with the voluntary sector that works for them: the six of the pilots (FACTS 7.2). */
export const isCare = (sector: Sector): boolean => !outsideCare.has(sector);
