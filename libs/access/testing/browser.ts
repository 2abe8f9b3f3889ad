/** As much of a browser as signing in takes: cookies with their paths, redirects one at a time. */
export class Browser {
  private cookies: { name: string; value: string; path: string }[] = [];

  async open(address: string, form?: Record<string, string>): Promise<Response> {
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: this.cookieHeader(new URL(address).pathname) },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    answer.headers.getSetCookie().forEach((header) => this.take(header));
    return answer;
  }

  take(setCookie: string): void {
    const [pair = '', ...attributes] = setCookie.split(';').map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf('='));
    const attribute = (key: string) =>
      attributes.find((text) => text.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1);
    const path = attribute('path') ?? '/';
    this.cookies = this.cookies.filter((cookie) => cookie.name !== name || cookie.path !== path);
    const gone = attribute('max-age') === '0' || Date.parse(attribute('expires') ?? '9999-01-01') < Date.now();
    if (!gone) this.cookies.push({ name, value: pair.slice(name.length + 1), path });
  }

  cookieHeader(path: string): string {
    return this.cookies
      .filter((cookie) => path.startsWith(cookie.path))
      .map((cookie) => `${cookie.name}=${cookie.value}`)
      .join('; ');
  }

  /** The address that the answer leads to. */
  static next(answer: Response, from: string): string {
    return new URL(answer.headers.get('location') ?? 'about:blank', from).href;
  }
}
