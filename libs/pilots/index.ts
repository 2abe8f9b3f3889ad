export { labels, type Label } from './data.js';
export { allDefinitions, definition, definitionsOf, hashOf, latestDefinition } from './definitions/definitions.js';
export { isAged } from './definitions/age.js';
export { changesBetween, type Change } from './definitions/changes.js';
export { definitionProblems } from './definitions/check.js';
export { criterionNames, momentWords } from './definitions/words.js';
export { stageKinds, transitionKinds, type Criterion, type PathwayDefinition, type Way } from './definitions/schema.js';
export {
  allOrganisations,
  allTeamIds,
  organisation,
  organisationOf,
  team,
  teamAsOf,
  closedTeamsOf,
  teamsOf,
  teamStatus,
} from './directory/directory.js';
export {
  serves,
  type Opening,
  type OpeningHours,
  type Organisation,
  type Serves,
  type Team,
  type TeamStatus,
} from './directory/team.js';
export { bankHolidaysKnownIn, isBankHoliday } from './directory/bank-holidays.js';
export { addOpeningTime, isOpenAt, openingTimeBetween } from './directory/opening-hours.js';
export {
  allTargets,
  deadlines,
  targetFor,
  targetUrgencies,
  type Deadlines,
  type Offered,
  type Target,
  type TargetUrgency,
} from './targets/targets.js';
export {
  allReactionRules,
  forgottenFrom,
  reactionDue,
  reactionRulesOn,
  timedReactions,
  type Reacting,
  type ReactionRules,
  type TimedReaction,
} from './reactions/reaction-rules.js';
export { allLinkRules, linkLimits, linkRuleOn, type LinkMade, type LinkRule } from './answer-links/link-rules.js';
export {
  leadOrganisationsOn,
  nameOn,
  pilot,
  pilots,
  sources,
  type Claim,
  type LeadOrganisations,
  type NameChange,
  type Pilot,
  type PilotName,
} from './programme/pilots.js';
export { resolvePilot, resolvePilots, type ResolvedPilot } from './programme/resolve-pilot.js';
export {
  PathwayDefinitionPublished,
  PilotAliasAdded,
  PilotLeadOrganisationChanged,
  PilotRegistered,
  PilotRenamed,
  programmeEvents,
} from './programme/events.js';
export { programmeHistory, type ProgrammeEntry, type ProgrammeEvent } from './programme/history.js';
