/** Names under which the parts of the server find each other. */
export const ENGINE = Symbol('Engine');
export const EXECUTOR = Symbol('Executor');
export const MEASURES = Symbol('Measures');
export const LOG = Symbol('Log');
export const SESSIONS = Symbol('Sessions');
export const VISITS = Symbol('Visits');
export const SIGN_IN = Symbol('SignIn');
export const REACTIONS = Symbol('Reactions');
