// Pages are whole without this. With it, a page that may change listens for changes and asks for itself again.
if (window.NHSUKFrontend) window.NHSUKFrontend.initAll();

const main = document.querySelector('main[data-live]');

/** A form that somebody has begun to fill is never taken from under their hands. */
const busy = () =>
  main.contains(document.activeElement) &&
  /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName) &&
  document.activeElement.type !== 'hidden';

async function refresh() {
  if (busy()) return void setTimeout(refresh, 2000);
  const answer = await fetch(location.href, { headers: { 'x-live-refresh': '1' }, credentials: 'same-origin' });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector('main[data-live]');
  const freshness = page.querySelector('#freshness');
  if (freshness) document.querySelector('#freshness')?.replaceWith(freshness);
  if (!fresh || fresh.innerHTML === main.innerHTML) return;
  const open = [...main.querySelectorAll('details[open][id]')].map((d) => d.id);
  const focused = document.activeElement?.id;
  main.innerHTML = fresh.innerHTML;
  open.forEach((id) => document.getElementById(id)?.setAttribute('open', ''));
  if (focused) document.getElementById(focused)?.focus();
  document.querySelector('#live-status').textContent = 'This page has been brought up to date.';
}

if (main && window.EventSource) {
  let waiting;
  const changes = new EventSource(main.dataset.live);
  changes.addEventListener('changed', () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, 150);
  });
  window.addEventListener('pagehide', () => changes.close());
}
