/**
 * Logs never carry a name or a number of a person (DESIGN 7). Our own messages hold ids only; messages of others may
 * quote what they were given, as JSON.parse does, so what stands in quotes and what looks like a number goes.
 */
export const scrub = (text: string): string =>
  text.replace(/"[^"]*"|'[^']*'|`[^`]*`|“[^”]*”/g, '…').replace(/\b\d(?:[ -]?\d){6,}\b/g, '…');

/** What is logged of an error: its kind, its scrubbed message and where it came from. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim());
  return {
    kind: error.name,
    message: scrub(error.message),
    at: frames.slice(0, 12),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}
