export { labels, type Label } from './data.js';
export { allDefinitions, definition, definitionsOf, hashOf, latestDefinition } from './definitions/definitions.js';
export { definitionProblems } from './definitions/check.js';
export { stageKinds, transitionKinds, type PathwayDefinition } from './definitions/schema.js';
export {
  allOrganisations, allTeamIds, organisation, organisationOf, team, teamAsOf, teamsOf, teamStatus,
} from './directory/directory.js';
export { serves, type Opening, type OpeningHours, type Organisation, type Serves, type Team, type TeamStatus } from './directory/team.js';
