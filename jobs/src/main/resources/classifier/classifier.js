// The classifier's page. Text from data is only ever set as text.
'use strict';

(() => {
  const $ = (id) => document.getElementById(id);
  const { percent } = Charts;
  const whole = new Intl.NumberFormat('en');
  const STATES = { starting: 'Starting', running: 'Running', restarting: 'Restarting', failed: 'Failed', finished: 'Finished', stale: 'Silent', lost: 'No connection' };
  const state = { revision: -1, busy: false };

  const text = (node, value) => { if (node.textContent !== value) node.textContent = value; };
  const fixed = (v, digits) => v === null || v === undefined ? '–' : v.toFixed(digits);
  const stamp = (iso) => iso ? iso.slice(0, 19).replace('T', ' ') : '–';

  function make(tag, className, value) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (value !== undefined) node.textContent = value;
    return node;
  }

  async function get(path) {
    const answer = await fetch(path, { headers: { Accept: 'application/json' } });
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.error || answer.statusText);
    return body;
  }

  function options(names) {
    const select = $('model');
    const known = [...select.options].map((o) => o.value);
    if (names.length === known.length && names.every((name, i) => name === known[i])) return;
    const value = select.value;
    select.replaceChildren(...names.map((name) => new Option(name, name)));
    if (names.includes(value)) select.value = value;
  }

  function showHealth(health) {
    const shown = health.stale ? 'stale' : health.state;
    $('state').dataset.state = shown;
    text($('state-text'), STATES[shown]);
    const down = ['failed', 'restarting', 'finished'].includes(health.state);
    let message = '';
    if (down) message = `The job is not running: ${health.message || STATES[health.state].toLowerCase()}`;
    else if (health.stale) message = `No scores since ${stamp(health.lastEvent)} UTC: what is shown may be out of date.`;
    banner(message, health.state === 'failed');
  }

  function banner(message, bad) {
    const node = $('banner');
    text(node, message);
    node.hidden = !message;
    node.classList.toggle('bad', Boolean(bad));
  }

  function showSummary(summary) {
    options(summary.models.map((m) => m.model));
    const model = summary.models.find((m) => m.model === $('model').value);
    text($('f-rate'), fixed(summary.scoresPerSecond, summary.scoresPerSecond < 10 ? 1 : 0));
    text($('f-window'), model ? percent(model.windowAccuracy, 1) : '–');
    text($('f-accuracy'), model ? percent(model.accuracy, 1) : '–');
    text($('f-forgetting'), model ? percent(model.forgetting, 1) : '–');
    text($('f-classes'), model ? whole.format(model.classes.length) : '–');
    text($('f-judged'), model ? whole.format(model.judged) : '–');
    text($('f-waiting'), model ? whole.format(model.waiting) : '–');
    showHealth(summary.health);
    if (model) { showClasses(model); showCounts(model, summary.deadLetters); }
  }

  function showClasses(model) {
    $('classes').replaceChildren(...model.classes.map((c) => {
      const row = make('tr');
      row.append(make('td', '', c.label), make('td', 'num', percent(c.accuracy, 1)), make('td', 'num', percent(c.best, 1)),
        make('td', 'num', percent(c.forgetting, 1)), make('td', 'num', whole.format(c.judged)), make('td', 'num', whole.format(c.learned)), make('td', 'num', whole.format(c.stored)));
      return row;
    }));
  }

  function showCounts(model, letters) {
    const counts = [['Samples', model.samples], ['Labels that wait', model.early], ['Samples that wait', model.waiting], ['Waited in vain', model.expired],
      ['Duplicates', model.duplicates], ['Steps', model.modelVersion], ...Object.entries(letters).map(([reason, n]) => ['Refused: ' + reason, n])];
    $('counts').replaceChildren(...counts.map(([name, n]) => {
      const row = make('tr');
      row.append(make('td', '', name), make('td', 'num', whole.format(n)));
      return row;
    }));
  }

  // ---- charts over event time ----
  const series = (points, of) => points.map((p) => [p.at, of(p)]);

  function classSeries(points, of) {
    const labels = [...new Set(points.flatMap((p) => p.classes.map((c) => c.label)))].sort();
    return labels.map((label, i) => ({ name: label, color: 'c' + (i % 10),
      data: points.map((p) => { const c = p.classes.find((one) => one.label === label); return [p.at, c ? of(c) : null]; }) }));
  }

  function showHistory(points) {
    if (!points.length) return;
    const share = (v) => percent(v);
    Charts.lines('c-accuracy', [
      { name: 'newest', color: 's1', data: series(points, (p) => p.windowAccuracy), area: true },
      { name: 'since the start', color: 's2', data: series(points, (p) => p.accuracy) }], share, { min: 0, max: 1, scale: false });
    Charts.lines('c-byclass', classSeries(points, (c) => c.accuracy), share, { min: 0, max: 1, scale: false });
    Charts.stacked('c-memory', classSeries(points, (c) => c.stored), (v) => whole.format(v));
    Charts.lines('c-rank', [{ name: 'rank', color: 's3', data: series(points, (p) => p.rank) }], (v) => fixed(v, 1), { min: 0, scale: false });
    Charts.lines('c-loss', [{ name: 'loss', color: 's2', data: series(points, (p) => p.loss) }], (v) => fixed(v, 2));
  }

  // ---- samples ----
  function sample(model, one) {
    const item = make('li');
    item.dataset.correct = String(one.correct);
    if (one.picture) {
      const picture = make('img');
      picture.alt = '';
      picture.src = '/api/picture?' + new URLSearchParams({ model, id: one.id });
      item.append(picture);
    } else item.append(make('span', 'blank'));
    const said = make('div');
    one.ranked.slice(0, 3).forEach((r) => {
      const line = make('div', 'answer');
      line.append(make('span', '', r.label), make('span', '', percent(r.probability)));
      said.append(line);
    });
    if (!one.ranked.length) said.append(make('div', 'answer', 'knows no class yet'));
    said.append(make('div', 'truth', one.label === null ? 'label not known yet' : (one.correct ? '✓ ' : '✗ is ') + one.label));
    item.append(said);
    return item;
  }

  async function load() {
    const model = $('model').value;
    if (!model || state.busy) return;
    state.busy = true;
    try {
      const [history, newest] = await Promise.all([get('/api/metrics?' + new URLSearchParams({ model })), get('/api/samples?' + new URLSearchParams({ model }))]);
      showHistory(history.metrics);
      $('samples-none').hidden = newest.samples.length > 0;
      $('samples').replaceChildren(...newest.samples.map((one) => sample(model, one)));
    } catch (e) {
      banner('The page could not be filled: ' + e.message, false);
    } finally {
      state.busy = false;
    }
  }

  function theme(next) {
    document.documentElement.dataset.theme = next;
    Charts.redraw();
  }

  theme(matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  $('theme').addEventListener('click', () => theme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'));
  $('model').addEventListener('change', load);
  const events = new EventSource('/api/events');
  events.addEventListener('tick', (event) => {
    const summary = JSON.parse(event.data);
    showSummary(summary);
    if (summary.revision !== state.revision) { state.revision = summary.revision; load(); }
  });
  events.onerror = () => { $('state').dataset.state = 'lost'; text($('state-text'), STATES.lost); };
})();
