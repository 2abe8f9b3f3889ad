import type { Running } from './running.js';

/** Somebody without an account, at the address of a link: no cookie, no script. */
export async function atLink({ base }: Running, address: string, init: RequestInit = {}) {
  const answer = await fetch(base + address, { redirect: 'manual', ...init });
  const html = await answer.text();
  const main = html.slice(html.indexOf('<main'), html.indexOf('</main>')).replace(/\s+/g, ' ');
  return { status: answer.status, headers: answer.headers, html, main };
}
