// What the pages of single learners share. Text from data is only ever set as text.
'use strict';

const Learner = (() => {
  const $ = (id) => document.getElementById(id);
  const { whole, fixed, stamp, rate } = Format;
  const STATES = { starting: 'Starting', running: 'Running', restarting: 'Restarting', failed: 'Failed', finished: 'Finished', stale: 'Silent', lost: 'No connection' };
  const state = { revision: -1, busy: false };

  const { text } = Shown;
  const dark = () => document.documentElement.dataset.theme === 'dark';

  function make(tag, className, value) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (value !== undefined) text(node, value);
    return node;
  }

  async function get(path, query) {
    const answer = await fetch(path + '?' + new URLSearchParams(query), { headers: { Accept: 'application/json' } });
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.error || answer.statusText);
    return body;
  }

  // The model that is looked at, of those there are.
  function choose(names) {
    const select = $('model');
    const known = [...select.options].map((o) => o.value);
    if (names.length === known.length && names.every((name, i) => name === known[i])) return select.value;
    const value = select.value;
    select.replaceChildren(...names.map((name) => new Option(Shown.plain(name), name)));
    if (names.includes(value)) select.value = value;
    return select.value;
  }

  function showHealth(health) {
    const shown = health.stale ? 'stale' : health.state;
    $('state').dataset.state = shown;
    text($('state-text'), shown === 'stale' && health.warnings.length ? 'In trouble' : STATES[shown]);
    const down = ['failed', 'restarting', 'finished'].includes(health.state);
    let message = '';
    if (down) message = `The job is not running: ${health.message || STATES[health.state].toLowerCase()}`;
    else if (health.warnings.length) message = health.warnings.map((w) => `Since ${stamp(w.since)} UTC: ${w.text}`).join('; ');
    else if (health.stale) message = `No scores since ${stamp(health.lastEvent)} UTC: what is shown may be out of date.`;
    banner(message, health.state === 'failed');
  }

  function banner(message, bad) {
    const node = $('banner');
    text(node, message);
    node.hidden = !message;
    node.classList.toggle('bad', Boolean(bad));
  }

  // Pairs of a name and a number, then the refused records by reason.
  function showCounts(pairs, letters) {
    const counts = [...pairs, ...Object.entries(letters).map(([reason, n]) => ['Refused: ' + reason, n])];
    $('counts').replaceChildren(...counts.map(([name, n]) => {
      const row = make('tr');
      row.append(make('td', '', name), make('td', 'num', whole.format(n)));
      return row;
    }));
  }

  // A line over event time.
  const series = (points, of) => points.map((p) => [p.at, of(p)]);

  // Fills the page for the chosen model, unless it is being filled.
  async function fill(how) {
    const model = $('model').value;
    if (!model || state.busy) return;
    state.busy = true;
    try {
      await how(model);
    } catch (e) {
      banner('The page could not be filled: ' + e.message, false);
    } finally {
      state.busy = false;
    }
  }

  // The cookie has it: it need not stay in the address, for others to read.
  function forgetToken() {
    const query = new URLSearchParams(location.search);
    if (!query.has('token')) return;
    query.delete('token');
    history.replaceState(null, '', location.pathname + (query.toString() ? '?' + query : ''));
  }

  // show takes each summary, load fills what a summary does not hold, repaint draws again in other colours.
  function start({ show, load, repaint }) {
    forgetToken();
    const theme = (next) => {
      document.documentElement.dataset.theme = next;
      Charts.redraw();
      if (repaint) repaint();
    };
    theme(matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
    $('theme').addEventListener('click', () => theme(dark() ? 'light' : 'dark'));
    $('model').addEventListener('change', load);
    const events = new EventSource('/api/events');
    events.addEventListener('tick', (event) => {
      const summary = JSON.parse(event.data);
      show(summary);
      if (summary.revision !== state.revision) { state.revision = summary.revision; load(); }
    });
    events.onerror = () => { $('state').dataset.state = 'lost'; text($('state-text'), STATES.lost); };
  }

  return { $, whole, text, fixed, rate, dark, make, get, choose, showHealth, showCounts, series, fill, start };
})();
