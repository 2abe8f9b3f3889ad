/** Fields that several events share, described once. */
import { OneOf, Ref, Sealed, SectorOf, Type, Uuid, type Static } from '#kernel';
import { agreements, askedAbout, overridingReasons, sharingBases } from './codes.js';

/** A team as it was when the event was written: the organisation and sector that it belonged to then. */
export const TeamThen = (description: string) =>
  Type.Object(
    {
      team: Ref('Team in the dated directory'),
      organisation: Ref('Organisation the team belonged to then'),
      sector: SectorOf('Sector of the team then'),
    },
    { description, additionalProperties: false },
  );

/** A team as it was when the entry was written. */
export type Team = Static<ReturnType<typeof TeamThen>>;

export const handoffId = Uuid('The handoff: one offer and its answers');
export const stayId = Uuid('The hospital stay');
export const entryId = Uuid('The event id of the entry meant');

/** What an offer carries; the receiver sees only this before accepting (SCENARIOS). */
export const OfferContents = Type.Object(
  {
    asked: Sealed('What is asked of the receiver'),
    risks: OneOf(askedAbout, 'Whether risks were asked about'),
    riskDetail: Type.Optional(Sealed('The risks')),
    safeguarding: OneOf(askedAbout, 'Whether safeguarding was asked about'),
    safeguardingDetail: Type.Optional(Sealed('The safeguarding concern')),
    communication: Type.Optional(Sealed('Communication needs')),
    carer: Type.Optional(Sealed('Carer and how to reach them')),
    telephone: Type.Optional(Sealed('Whom to ring at the sender')),
    toldPerson: Type.Optional(Sealed('What the person was told')),
    agreement: OneOf(agreements, 'Whether the person agreed'),
    sharing: OneOf(sharingBases, 'Basis for sharing'),
    despite: Type.Optional(
      OneOf(overridingReasons, 'Why it is shared although the person refused or withdrew consent'),
    ),
  },
  { additionalProperties: false },
);

export type OfferContents = Static<typeof OfferContents>;

/**
 * What of an offer its sender can put right. By what it is shared at all is not among them: an offer that may not be
 * shared is withdrawn.
 */
export const revisableContents = [
  'asked',
  'risks',
  'riskDetail',
  'safeguarding',
  'safeguardingDetail',
  'communication',
  'carer',
  'telephone',
  'toldPerson',
  'agreement',
] as const satisfies readonly (keyof OfferContents)[];

/** What an offer need not say. */
export const optionalContents = ['communication', 'carer', 'telephone', 'toldPerson'] as const;
