/** What people in the simulation write. Free text, so that sealing has something to seal; nobody is meant by it. */
import type { Chance } from './chance.js';

const reasons = [
  'Two falls this month, unsteady on the stairs, daughter worried.',
  'Struggling with washing and dressing since a chest infection.',
  'Wife is the carer and is exhausted; needs help at home.',
  'Losing weight, not managing meals, lives alone.',
  'Memory worse, found wandering twice; neighbour rang.',
  'Breathless on small effort, wants to stay at home.',
];
const asks = [
  'Personal care twice a day, please, starting as soon as you can.',
  'Assessment for equipment at home, and a key safe.',
  'Nursing visits for a leg ulcer, three times a week.',
  'A befriending visit each week and help with shopping.',
  'Rehabilitation at home after the stay, aiming for the stairs.',
];
const risks = ['Falls; uses a frame.', 'Lives alone, first-floor flat, no lift.', 'Swallowing is poor; thickened drinks.'];
const notes = ['Seen at home, managing better.', 'Dressing changed; healing.', 'Talked through the plan with the family.'];
const goals = ['To get to the garden again.', 'To cook for herself.', 'To stay at home through the winter.'];

const ordered = {
  equipment: ['A commode, to stand beside the bed.', 'A perching stool and a raised toilet seat.', 'A bed rail and a pressure mattress.'],
  meals: ['A hot meal at midday, seven days a week; soft food.', 'A meal at midday on weekdays; ring the bell twice.'],
  placement: ['A nursing bed for two weeks, ground floor.', 'A residential bed for a week, so that the carer can rest.'],
} as const;
// Numbers that Ofcom keeps for stories: nobody has them.
const suppliers = {
  equipment: ['Community equipment store, 01632 960181', 'Mobility depot, ring 01632 960182 before noon'],
  meals: ['Meals at home, 01632 960183', 'Day centre kitchen, 01632 960184'],
  placement: ['Placement desk, 01632 960185', 'Brokerage, 01632 960186, ask for the duty worker'],
} as const;

export const orderKinds = ['equipment', 'equipment', 'equipment', 'meals', 'placement'] as const;
export type OrderKind = (typeof orderKinds)[number];
export const order = (chance: Chance, kind: OrderKind): string => chance.one(ordered[kind]);
export const supplier = (chance: Chance, kind: OrderKind): string => chance.one(suppliers[kind]);
export const reason = (chance: Chance): string => chance.one(reasons);
export const ask = (chance: Chance): string => chance.one(asks);
export const risk = (chance: Chance): string => chance.one(risks);
export const note = (chance: Chance): string => chance.one(notes);
export const goal = (chance: Chance): string => chance.one(goals);
