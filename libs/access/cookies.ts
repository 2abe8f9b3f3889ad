/** Cookies whose values are base64url, so nothing needs escaping. */

export interface CookieOptions {
  /** True where the page came over https. */
  readonly secure: boolean;
  readonly path?: string;
  /** Seconds; 0 removes the cookie. */
  readonly maxAge: number;
}

export const setCookie = (name: string, value: string, { secure, path = '/', maxAge }: CookieOptions): string =>
  `${name}=${value}; Path=${path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;

export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}
