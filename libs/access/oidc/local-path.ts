/**
 * A path of our own, else `/`: nobody is sent elsewhere after signing in. Browsers read `\` as `/` and drop tabs and
 * line ends, so the address is read as a browser would before it is believed.
 */
export function localPath(wanted: string | undefined): string {
  if (!wanted?.startsWith('/') || wanted.length > 2000) return '/';
  const base = 'http://throughcare.invalid';
  const url = URL.parse(wanted, base);
  const path = url?.origin === base ? url.pathname + url.search + url.hash : '/';
  return path.startsWith('//') ? '/' : path;
}
