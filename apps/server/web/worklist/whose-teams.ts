import type { Principal } from '#access';
import { civilDate, type Instant } from '#kernel';
import { allTeamIds, team } from '#pilots';

/** The teams of an organisation that were open on that day. */
export const teamsOfOrganisation = (organisation: string, now: Instant): readonly string[] =>
  allTeamIds().filter((id) => team(id, civilDate(now))?.organisation === organisation);

/** A duty manager has no team of their own: what all of them have is theirs to know. */
export const teamsOf = ({ teams, actor }: Principal, now: Instant): readonly string[] =>
  teams.length > 0 ? teams : teamsOfOrganisation(actor.organisation, now);
