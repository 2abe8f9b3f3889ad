// Pages are whole without this. With it, a page that may change listens for changes and asks for itself again.
import { initButtons, initErrorSummary, initNotificationBanners, initSkipLinks } from './nhsuk.js';

initButtons();
initErrorSummary();
initNotificationBanners();
initSkipLinks();

/** A question stands under the choice that asks it. The design system's own script marks radios with `aria-expanded`,
 * which no radio may have (ARIA 1.2), so this is ours. */
function reveal() {
  for (const radio of document.querySelectorAll('input[type=radio][data-aria-controls]')) {
    document
      .getElementById(radio.dataset.ariaControls)
      ?.classList.toggle('nhsuk-radios__conditional--hidden', !radio.checked);
  }
}
document.addEventListener('change', reveal);
// A browser that comes back to a form fills it in after the page was read.
window.addEventListener('pageshow', reveal);

document.addEventListener('click', ({ target }) => target.matches('button[data-print]') && window.print());

/** A slider moves the choice in the list beside it. Let go, it asks for the page; by keyboard, the button does. */
let held = false;
document.addEventListener('pointerdown', ({ target }) => (held = target.matches('input[data-slides]')));
document.addEventListener('input', ({ target }) => {
  if (!target.matches('input[data-slides]')) return;
  const list = document.getElementById(target.dataset.slides);
  list.selectedIndex = Number(target.value);
  target.setAttribute('aria-valuetext', list.options[list.selectedIndex].text);
});
document.addEventListener('change', ({ target }) => {
  if (held && target.matches('input[data-slides]')) target.form.requestSubmit();
});

/** The engine's clock, which in a demo is not this machine's. */
const loaded = performance.now();
const clock = () => Date.parse(document.body.dataset.now) + performance.now() - loaded;
const inLondon = (millis, options) => new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', ...options }).format(millis);
const timeOf = (millis) => inLondon(millis, { hour: '2-digit', minute: '2-digit' });

const main = document.querySelector('main[data-live]');
let askedAt = clock();
let tag;
let waiting;

/** Whether a change concerns this page: its journey, or a table that it was drawn from. */
function concerns({ journeys = [], tables = [] }) {
  const { liveJourney, liveTables } = main.dataset;
  if (liveJourney) return journeys.includes(liveJourney);
  return !liveTables || liveTables.split(' ').some((table) => tables.includes(table));
}

function later(pause = 100) {
  clearTimeout(waiting);
  waiting = setTimeout(refresh, pause);
}

/** What is unchanged is answered with nothing, and is no new view of a record. */
async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(location.href, {
    headers: { 'x-live-refresh': '1', ...(tag && { 'if-none-match': tag }) },
    credentials: 'same-origin',
    cache: 'no-store',
  }).catch(() => undefined);
  if (!answer || answer.status >= 500) {
    lose(true);
    return later(5000);
  }
  lose(false);
  askedAt = clock();
  const freshness = answer.headers.get('x-freshness');
  const foot = document.querySelector('#freshness');
  if (freshness && foot) foot.textContent = decodeURIComponent(freshness);
  if (answer.status === 304) return;
  // Signed out, or no longer ours to see: the page says so itself.
  if (!answer.ok || answer.redirected) return location.reload();
  tag = answer.headers.get('etag') ?? undefined;
  show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
}

/** A page that cannot ask shows the past: it says so until it could ask again. */
function lose(isLost) {
  document.querySelector('#live-lost-since').textContent = timeOf(askedAt);
  document.querySelector('#live-lost').hidden = !isLost;
  const foot = document.querySelector('#freshness');
  if (isLost && foot) foot.textContent = 'Not known whether this is up to date.';
}

function show(page) {
  const fresh = page.querySelector('main[data-live]');
  if (!fresh) return location.reload();
  const foot = page.querySelector('#freshness');
  if (foot) document.querySelector('#freshness')?.replaceWith(foot);
  // "Done" was said when the page was opened; it is not said again.
  fresh.querySelector('.nhsuk-notification-banner')?.remove();
  const open = [...main.querySelectorAll('details[open][id]')].map(({ id }) => id);
  const focused = document.activeElement;
  const link = main.contains(focused) ? focused.getAttribute('href') : undefined;
  main.innerHTML = fresh.innerHTML;
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  if (link) main.querySelector(`a[href="${CSS.escape(link)}"]`)?.focus();
  document.title = page.title;
  document.querySelector('#live-status').textContent = 'This page has been brought up to date.';
}


/** As libs/web/filters.ts says it: a page left open does not go on telling how long somebody had waited then. */
function duration(millis) {
  const count = (n, word) => `${n.toLocaleString('en-GB')} ${word}${n === 1 ? '' : 's'}`;
  const minutes = Math.round(Math.abs(millis) / 60_000);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 60) return count(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return count(hours, 'hour') + (minutes % 60 ? ` ${count(minutes % 60, 'minute')}` : '');
  const days = Math.floor(hours / 24);
  return count(days, 'day') + (days < 3 && hours % 24 ? ` ${count(hours % 24, 'hour')}` : '');
}

function tick() {
  for (const element of document.querySelectorAll('[data-since]:not([data-still] *)')) {
    const words = duration(clock() - Date.parse(element.dataset.since));
    if (element.textContent !== words) element.textContent = words;
  }
  const demo = document.querySelector('#demo-clock');
  if (demo) {
    const now = clock();
    demo.textContent = `${inLondon(now, { weekday: 'long' })} ${inLondon(now, { day: 'numeric', month: 'long', year: 'numeric' })}, ${timeOf(now)}`;
  }
}
setInterval(tick, 15_000);

if (main && window.EventSource) {
  tag = main.dataset.liveTag;
  const changes = new EventSource(main.dataset.live);
  changes.addEventListener('changed', ({ data }) => concerns(JSON.parse(data)) && later());
  // Where the lists stand still no change comes: the page asks, and is told that it shows the past.
  changes.addEventListener('heartbeat', ({ data }) => JSON.parse(data).eventsBehind > 0 && later());
  // What changed while nobody looked, or while the line was down, is asked for at once.
  changes.addEventListener('open', () => later());
  changes.addEventListener('error', () => later());
  document.addEventListener('visibilitychange', () => document.hidden || later());
  // A deadline passes without anything happening.
  setInterval(() => later(), 60_000);
  window.addEventListener('pagehide', () => changes.close());
}
