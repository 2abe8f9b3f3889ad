import { addDays, type CivilDate } from '#kernel';
import { checkNhsNumber } from '#people';
import type { Chance } from './chance.js';

const given = {
  female: ['Ada', 'Beryl', 'Constance', 'Doris', 'Edith', 'Freda', 'Gladys', 'Hilda', 'Ivy', 'Joan', 'Kathleen', 'Lilian', 'Mabel', 'Nora', 'Olive', 'Phyllis', 'Rita', 'Sylvia', 'Vera', 'Winifred'],
  male: ['Albert', 'Bernard', 'Cyril', 'Dennis', 'Ernest', 'Frank', 'George', 'Harold', 'Ivor', 'Jack', 'Kenneth', 'Leslie', 'Maurice', 'Norman', 'Oswald', 'Percy', 'Reginald', 'Stanley', 'Thomas', 'Walter'],
} as const;

/** Joined in pairs: names that sound possible and that nobody is likely to bear. */
const beginnings = ['Apple', 'Birch', 'Copper', 'Dun', 'Elder', 'Fern', 'Glen', 'Hazel', 'Iron', 'Juniper', 'Kettle', 'Lark', 'Marsh', 'Nettle', 'Orchard', 'Pebble', 'Quarry', 'Rowan', 'Sand', 'Thistle', 'Under', 'Vale', 'Willow', 'Yarrow'];
const endings = ['bank', 'beck', 'bridge', 'combe', 'croft', 'dale', 'den', 'field', 'ford', 'gate', 'ham', 'hurst', 'ley', 'mere', 'moor', 'ridge', 'stead', 'thorpe', 'tree', 'well', 'wick', 'wood', 'worth', 'yard'];

export interface MadeUpPerson {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: CivilDate;
  readonly sex: 'female' | 'male';
  readonly nhsNumber?: string;
  readonly phone: string;
}

/**
 * Somebody who does not exist. The NHS number comes from the range that begins with 999, kept free for tests
 * (FACTS 4.2, [M]), and is different for every `index` below a million; the telephone rings nobody.
 */
export function madeUpPerson(chance: Chance, index: number, on: CivilDate): MadeUpPerson {
  const sex = chance.share(0.58) ? 'female' : 'male';
  return {
    givenName: chance.one(given[sex]),
    familyName: `${chance.one(beginnings)}${chance.one(endings)}`,
    birthDate: addDays(on, -chance.whole(66 * 365, 97 * 365)),
    sex,
    ...testNumber(index),
    phone: `01632 960${String(chance.whole(0, 999)).padStart(3, '0')}`,
  };
}

/** One prefix in eleven has no check digit; that person's number is not known, as happens in life. */
function testNumber(index: number): { nhsNumber?: string } {
  const prefix = `999${String(index).padStart(6, '0')}`;
  for (let digit = 0; digit < 10; digit++) {
    if (checkNhsNumber(`${prefix}${digit}`).valid) return { nhsNumber: `${prefix}${digit}` };
  }
  return {};
}
