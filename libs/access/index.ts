export { LinkSecrets, type LinkSecret } from './answer-links/link-secrets.js';
export { isInForce, isReviewed, type EmergencyAccess, type EmergencyReview } from './emergency/access.js';
export { EmergencyAccesses, type AccessScope } from './emergency/emergency-accesses.js';
export { mayReviewEmergencyAccess, maySeeEmergencyAccess } from './emergency/policy.js';
export { emergencyRuleAt, emergencyRules, limitsOf, type EmergencyRule } from './emergency/rules.js';
export { accessEvents, MAX_PEOPLE, type AccessEvent, type ByLink, type Served } from './log/events.js';
export {
  emergencyReasons, reviewOutcomes, type EmergencyReason, type ReviewOutcome,
} from './log/emergency-events.js';
export {
  AccessLog, type AccessBy, type AccessLogOptions, type Opened, type RefusedRead, type Searched, type Viewed,
} from './log/access-log.js';
export { WhoViewed, type AccessEntry } from './log/who-viewed.js';
export {
  developmentProvider, type DevelopmentProvider, type DevelopmentProviderOptions,
} from './oidc/development-provider.js';
export type { PersonaPage } from './oidc/persona-page.js';
export { CALLBACK_PATH, openIdProvider, SignIn, SignInError, type SignInProvider } from './oidc/sign-in.js';
export { personaIds, personaOf, personas, type Persona, type PersonaId } from './personas.js';
export {
  mayAsk, mayRun, mayRunOn, maySeeJourney, questions,
  type JourneyParts, type JourneyVerdict, type Question, type RefusedAccess, type Verdict,
} from './policy.js';
export type { Principal } from './principal.js';
export { keptOfSessions } from './session-tables.js';
export { openRevokedSessions, type RevokedSessions } from './revoked-sessions.js';
export { openVisits, type Visits } from './visits.js';
export { SESSION_COOKIE, Sessions, type Session, type SessionOptions, type SessionRead } from './sessions.js';
export {
  isProduction, signInSettings, SignInSettingsError, type OpenIdSettings, type SignInSettings,
} from './settings.js';
export {
  developmentIssuer, mintDevelopmentToken, openIdIssuer, TOKEN_AUDIENCE, TokenRefusedError, TokenVerifier,
  type MintOptions, type TrustedIssuer,
} from './tokens.js';
