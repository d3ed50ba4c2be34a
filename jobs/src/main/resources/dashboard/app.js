// The page. Text from data is only ever set as text. Rows are kept and changed in place, so focus and scroll stay.
'use strict';

(() => {
  const $ = (id) => document.getElementById(id);
  const { percent, DAY } = Charts;
  const PAGE = 100;
  const HOLD = 6000;
  const SVG = 'http://www.w3.org/2000/svg';
  const ACTIONS = { keep: 'Keep', watch: 'Watch', refresh: 'Refresh', stop: 'Stop', stopped: 'Stopped' };
  const STATES = { starting: 'Starting', running: 'Running', restarting: 'Restarting', failed: 'Failed', finished: 'Finished', stale: 'Silent', lost: 'No connection' };
  const CAUSES = { launch: 'its launch', statistics: 'new statistics', interval: 'a new interval', reactivation: 're-activation', discontinuation: 'its discontinuation' };
  const GROUPS = { 'text': 'Text', 'categories': 'Categories', 'embedding': 'Image', 'delivery': 'Delivery', 'click-through': 'Click-through', 'timing': 'Timing', 'facts': 'Facts', "advertiser's past": "Advertiser's past" };
  const TIES = { identity: 'the same, as the stream says', same: 'the same', alike: 'alike' };
  // More would not fit a row; the creative's own page shows all.
  const SHOWN_HORIZONS = 3;
  const whole = new Intl.NumberFormat('en');
  const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
  const money = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

  const state = { revision: -1, limit: PAGE, chosen: null, rows: new Map(), touched: 0, held: false, summary: null, busy: false, again: false, detail: '', metricsAt: '' };

  // ---- small things ----
  const stamp = (iso) => iso ? iso.slice(0, 16).replace('T', ' ') : '–';
  const fixed = (v, digits) => v === null || v === undefined ? '–' : v.toFixed(digits);
  const since = (from, to) => Math.max(0, (Date.parse(to) - Date.parse(from)) / DAY);
  const key = (score) => JSON.stringify([score.model, score.creative]);
  const count = (n, one, many) => `${whole.format(n)} ${n === 1 ? one : many}`;
  const narrow = () => matchMedia('(max-width: 1000px)').matches;

  function text(node, value) { if (node.textContent !== value) node.textContent = value; }

  function make(tag, className, value) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (value !== undefined) node.textContent = value;
    return node;
  }

  function chip(action) {
    const node = make('span', 'chip');
    const icon = document.createElementNS(SVG, 'svg');
    const use = document.createElementNS(SVG, 'use');
    icon.setAttribute('aria-hidden', 'true');
    use.setAttribute('href', '#i-' + action);
    icon.append(use);
    node.append(icon, make('span', '', ACTIONS[action]));
    node.dataset.action = action;
    return node;
  }

  function setChip(holder, action) {
    const now = holder.firstElementChild;
    if (!now || now.dataset.action !== action) holder.replaceChildren(chip(action));
  }

  async function get(path) {
    const answer = await fetch(path, { headers: { Accept: 'application/json' } });
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.error || answer.statusText);
    return body;
  }

  // ---- top bar and banner ----
  function showSummary(summary) {
    state.summary = summary;
    const best = bestModel(summary);
    text($('f-rate'), summary.scoresPerSecond < 10 ? fixed(summary.scoresPerSecond, 1) : short.format(Math.round(summary.scoresPerSecond)));
    text($('f-time'), stamp(summary.eventTime));
    text($('f-running'), whole.format(summary.creatives - summary.stopped));
    text($('f-models'), whole.format(summary.models.length));
    text($('f-c-model'), best && summary.models.length > 1 ? '· ' + best.model : '');
    ['All', 'Short', 'Long'].forEach((part) => text($('f-' + part.toLowerCase()), best ? fixed(best['concordance' + part], 3) : '–'));
    options($('model'), summary.models, 'All models');
    options($('m-model'), summary.metrics.map((m) => m.model));
    showHealth(summary.health, summary.eventTime === null);
  }

  function bestModel(summary) {
    const chosen = summary.metrics.find((m) => m.model === $('model').value);
    return chosen || [...summary.metrics].sort((a, b) => b.judged - a.judged)[0];
  }

  function options(select, names, all) {
    const wanted = all ? ['', ...names] : names;
    const known = [...select.options].map((o) => o.value);
    if (wanted.length === known.length && wanted.every((name, i) => name === known[i])) return;
    const value = select.value;
    select.replaceChildren(...wanted.map((name) => new Option(name || all, name)));
    if (wanted.includes(value)) select.value = value;
  }

  function showHealth(health) {
    const shown = health.stale ? 'stale' : health.state;
    const down = health.state === 'failed' || health.state === 'restarting' || health.state === 'finished';
    const seconds = health.lastEvent ? Math.round((Date.now() - Date.parse(health.lastEvent)) / 1000) : 0;
    setState(shown);
    if (down) banner(`The job is not running: ${health.message || STATES[health.state].toLowerCase()}`, health.state === 'failed');
    else if (health.stale) banner(`No scores since ${stamp(health.lastEvent)} UTC: what is shown may be out of date.`, false, seconds);
    else banner('');
  }

  function setState(name) {
    $('state').dataset.state = name;
    text($('state-text'), STATES[name]);
  }

  function banner(message, bad) {
    const node = $('banner');
    text(node, message);
    node.hidden = !message;
    node.classList.toggle('bad', Boolean(bad));
  }

  // ---- the list ----
  function query() {
    const wanted = new URLSearchParams({ sort: $('sort').value, limit: state.limit });
    [['model', $('model').value], ['action', $('action').value], ['q', $('q').value.trim()]]
      .forEach(([name, value]) => value && wanted.set(name, value));
    return wanted;
  }

  async function loadList(fresh) {
    const page = await get('/api/creatives?' + query());
    const hold = !fresh && Date.now() - state.touched < HOLD;
    state.held = hold;
    drawRows(page.creatives, hold);
    drawEmpty(page);
    const shown = Math.min(page.total, page.creatives.length);
    text($('count'), page.total ? `${whole.format(shown)} of ${count(page.total, 'creative', 'creatives')}${hold ? ' · order held while you are in the list' : ''}` : '');
    $('more').hidden = shown >= page.total || state.limit >= 1000;
    if (!state.chosen && !narrow() && page.creatives.length) choose(page.creatives[0], false);
  }

  function drawEmpty(page) {
    const filtered = $('q').value || $('model').value || $('action').value;
    $('empty').hidden = page.total > 0;
    $('table').hidden = page.total === 0;
    $('d-empty').style.visibility = page.total > 0 ? '' : 'hidden';
    text($('empty-title'), filtered ? 'No creative matches' : 'No scores yet — waiting for the first event');
    text($('empty-hint'), filtered ? 'Change the search or the filters.' : 'Creatives appear here the moment they are scored.');
  }

  function drawRows(scores, hold) {
    const body = $('rows');
    const active = document.activeElement;
    const top = $('scroll').scrollTop;
    const seen = new Set();
    const order = scores.map((score) => {
      const id = key(score);
      seen.add(id);
      if (!state.rows.has(id)) state.rows.set(id, newRow());
      const row = state.rows.get(id);
      fillRow(row, score);
      return row.node;
    });
    if (!hold || !body.children.length) {
      [...state.rows].forEach(([id, row]) => { if (!seen.has(id)) { row.node.remove(); state.rows.delete(id); } });
      order.forEach((node, i) => { if (body.children[i] !== node) body.insertBefore(node, body.children[i] || null); });
      if (body.contains(active) && document.activeElement !== active) active.focus({ preventScroll: true });
      if ($('scroll').scrollTop !== top) $('scroll').scrollTop = top;
    }
    markRows();
  }

  function newRow() {
    const node = make('tr');
    node.setAttribute('role', 'row');
    node.tabIndex = -1;
    const cells = Array.from({ length: 7 }, () => { const cell = make('td'); cell.setAttribute('role', 'gridcell'); return cell; });
    [1, 3, 4, 5].forEach((i) => cells[i].classList.add('num'));
    cells[0].className = 'who';
    cells[0].append(make('b'), make('span'));
    cells[0].lastChild.append(make('i', 'copy'), document.createTextNode(''));
    cells[0].firstChild.dir = 'auto';
    cells[2].append(make('div', 'hs'));
    node.append(...cells);
    return { node, cells, score: null };
  }

  function fillRow(row, score) {
    const [who, days, horizons, cutOut, wearOut, spend, action] = row.cells;
    const stopped = score.action === 'stopped';
    row.score = score;
    row.node.dataset.key = key(score);
    row.node.classList.toggle('gone', stopped);
    text(who.firstChild, score.text || score.creative);
    who.firstChild.title = score.text;
    const [copy, names] = who.lastChild.childNodes;
    copy.hidden = !score.sameAs;
    text(copy, score.sameAs ? 'copy' : '');
    copy.title = score.sameAs ? `The same as ${score.sameAs}` : '';
    text(names, `${score.advertiser} · ${score.creative} · ${score.model}`);
    text(days, Charts.day(since(score.launchedAt, score.at)));
    days.dataset.unit = 'days';
    cutOut.dataset.unit = 'cut-out';
    wearOut.dataset.unit = 'wear-out';
    fillHorizons(horizons.firstChild, stopped ? [] : score.horizons.slice(0, SHOWN_HORIZONS));
    text(cutOut, stopped ? '–' : percent(score.cutOut));
    text(wearOut, stopped ? '–' : percent(score.wearOut));
    text(spend, short.format(score.totals.spend || 0));
    spend.dataset.unit = 'spent';
    setChip(action, score.action);
  }

  function fillHorizons(holder, horizons) {
    while (holder.children.length > horizons.length) holder.lastChild.remove();
    while (holder.children.length < horizons.length) holder.append(newHorizon());
    horizons.forEach((h, i) => {
      const [label, value, bar] = holder.children[i].children;
      const p = h.probability || 0;
      text(label, Charts.day(h.days) + 'd');
      text(value, percent(h.probability));
      bar.className = 'bar' + (p >= 0.6 ? ' high' : p >= 0.3 ? ' mid' : '');
      bar.firstChild.style.width = (p * 100).toFixed(1) + '%';
    });
  }

  function newHorizon() {
    const node = make('div', 'h');
    const bar = make('span', 'bar');
    bar.append(make('span'));
    bar.setAttribute('aria-hidden', 'true');
    node.append(make('i'), make('span'), bar);
    return node;
  }

  function markRows() {
    const nodes = [...$('rows').children];
    const focused = nodes.find((n) => n === document.activeElement);
    const chosen = nodes.find((n) => n.dataset.key === state.chosen);
    const entry = focused || chosen || nodes[0];
    nodes.forEach((node) => {
      node.tabIndex = node === entry ? 0 : -1;
      node.setAttribute('aria-selected', String(node.dataset.key === state.chosen));
    });
  }

  function walk(event) {
    const row = event.target.closest('tr');
    const nodes = [...$('rows').children];
    const at = nodes.indexOf(row);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: nodes.length - 1, PageDown: at + 10, PageUp: at - 10 }[event.key];
    if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); open(row); return; }
    if (to === undefined) return;
    event.preventDefault();
    state.touched = Date.now();
    const next = nodes[Math.min(Math.max(to, 0), nodes.length - 1)];
    next.focus();
    markRows();
    next.scrollIntoView({ block: 'nearest' });
  }

  // ---- one creative ----
  function open(row) {
    if (!row || !row.dataset.key) return;
    choose(state.rows.get(row.dataset.key).score, true);
  }

  function choose(score, byHand) {
    state.chosen = key(score);
    state.detail = '';
    markRows();
    if (byHand && narrow()) {
      $('detail').classList.add('open');
      document.body.classList.add('held');
      $('back').focus();
    }
    loadDetail().catch(lost);
  }

  function closeDetail() {
    if (!$('detail').classList.contains('open')) return;
    $('detail').classList.remove('open');
    document.body.classList.remove('held');
    const row = state.rows.get(state.chosen);
    if (row) row.node.focus();
  }

  async function loadDetail() {
    if (!state.chosen || (narrow() && !$('detail').classList.contains('open'))) return;
    const wanted = state.chosen;
    const [model, creative] = JSON.parse(wanted);
    const score = await get(`/api/creatives/${encodeURIComponent(model)}/${encodeURIComponent(creative)}`);
    const version = wanted + score.at + score.cause + JSON.stringify(score.duplicates || '');
    if (wanted !== state.chosen || version === state.detail) return;
    if (state.detail === '') $('detail').scrollTop = 0;
    state.detail = version;
    drawDetail(score);
  }

  function drawDetail(score) {
    $('d-empty').hidden = true;
    $('d-body').hidden = false;
    const days = since(score.launchedAt, score.at);
    text($('d-text'), score.text || score.creative);
    text($('d-meta'), [score.advertiser, score.creative, score.model, `launched ${stamp(score.launchedAt)}`, score.spell ? `spell ${score.spell + 1}` : ''].filter(Boolean).join(' · '));
    setChip($('d-action'), score.action);
    text($('d-reason'), score.reason);
    $('d-reason').hidden = !score.reason;
    $('d-reason').dataset.action = score.action;
    drawKpis(score, days);
    Charts.survival(score, days);
    drawWhy(score.contributions);
    drawClicks(score.clickThrough);
    drawTotals(score);
    drawTwins(score);
    $('d-steps').replaceChildren(...[...score.actions].reverse().slice(0, 8).map(step));
    text($('d-fine'), `Scored ${stamp(score.at)} UTC after ${CAUSES[score.cause]}, with statistics up to ${stamp(score.featureTime)}, by model version ${whole.format(score.modelVersion)}.`);
  }

  function drawKpis(score, days) {
    const stopped = score.action === 'stopped';
    const pairs = [['Days run', Charts.day(days)]];
    if (!stopped) {
      pairs.push(['Days left', fixed(score.expectedDays, 1)]);
      score.horizons.forEach((h) => pairs.push([`Stops in ${Charts.day(h.days)}d`, percent(h.probability)]));
      pairs.push(['Cut-out', percent(score.cutOut)], ['Wear-out', percent(score.wearOut)]);
    }
    $('d-kpis').replaceChildren(...pairs.map(([name, value]) => {
      const node = make('div');
      node.append(make('dt', '', name), make('dd', '', value));
      return node;
    }));
  }

  function drawWhy(contributions) {
    const most = Math.max(0.0001, ...contributions.map((c) => Math.abs(c.change || 0)));
    $('d-why').replaceChildren(whyEnds(), ...contributions.map((c) => why(c, most)));
    if (!contributions.length) $('d-why').replaceChildren(make('li', 'none', 'Nothing to tell'));
  }

  function whyEnds() {
    const node = make('li');
    const ends = make('span', 'ends');
    ends.append(make('span', '', 'lowers'), make('span', '', 'raises'));
    node.setAttribute('aria-hidden', 'true');
    node.append(ends);
    return node;
  }

  function why(contribution, most) {
    const change = contribution.change || 0;
    const points = Math.abs(change * 100).toFixed(1);
    const name = GROUPS[contribution.group] || contribution.group;
    const node = make('li');
    const axis = make('span', 'axis');
    const bar = make('span', change < 0 ? 'less' : '');
    bar.style.width = (Math.abs(change) / most * 50).toFixed(1) + '%';
    axis.setAttribute('aria-hidden', 'true');
    axis.append(bar);
    const value = make('span', 'words', `${change < 0 ? '−' : '+'}${points} pt`);
    value.setAttribute('aria-hidden', 'true');
    const label = make('span', '', name);
    label.setAttribute('aria-hidden', 'true');
    node.title = `${name} ${change < 0 ? 'lowers' : 'raises'} the probability by ${points} points`;
    node.append(label, axis, value, make('span', 'hide', node.title));
    return node;
  }

  function drawClicks(points) {
    $('c-ctr').hidden = points.length === 0;
    $('ctr-none').hidden = points.length > 0;
    if (points.length) Charts.lines('c-ctr', [{ name: 'click-through', color: 's1', area: true, data: points.map((p) => [p.at, p.value]) }], (v) => percent(v, 2), { min: 0, scale: false });
  }

  function drawTotals(score) {
    const head = make('tr');
    head.append(make('th'), make('th', 'num', 'in all'), make('th', 'num', 'last period'));
    const line = (name, show) => {
      const row = make('tr');
      row.append(make('th', '', name), make('td', 'num', show(score.totals)), make('td', 'num', show(score.latest)));
      return row;
    };
    $('d-totals').replaceChildren(head,
      line('Impressions', (t) => whole.format(t.impressions)), line('Clicks', (t) => whole.format(t.clicks)),
      line('Click-through', (t) => t.impressions ? percent(t.clickThroughRate, 2) : '–'),
      line('Conversions', (t) => whole.format(t.conversions)), line('Spend', (t) => t.spend === null ? '–' : money.format(t.spend)));
  }

  function drawTwins(score) {
    const said = score.duplicates;
    $('d-same').hidden = !said;
    if (!said) return;
    text($('d-group'), said.group === score.creative ? (said.twins.length ? 'No earlier creative is the same.' : 'No earlier creative is like it.') : `The same as ${said.group}, as of ${stamp(said.at)} UTC.`);
    $('d-twins').replaceChildren(...said.twins.map((twin) => twinLine(score.model, twin)));
  }

  function twinLine(model, twin) {
    const node = make('li');
    const link = make('button', '', twin.creative);
    link.type = 'button';
    link.addEventListener('click', () => choose({ model, creative: twin.creative }, false));
    node.append(link, make('span', '', fixed(twin.similarity, 2)), make('i', 'tie', TIES[twin.tie] || twin.tie));
    return node;
  }

  function step(one) {
    const node = make('li');
    const time = make('time', '', stamp(one.at));
    time.dateTime = one.at;
    node.append(chip(one.action), time);
    return node;
  }

  // ---- the models ----
  async function loadModels() {
    const summary = state.summary;
    if ($('view-models').hidden || !summary) return;
    $('m-none').hidden = summary.metrics.length > 0;
    $('m-rows').replaceChildren(...summary.metrics.map(modelRow));
    drawDead(summary.deadLetters);
    const model = $('m-model').value;
    const newest = summary.metrics.find((m) => m.model === model);
    if (!newest || state.metricsAt === model + newest.at) return;
    state.metricsAt = model + newest.at;
    drawMetrics((await get('/api/metrics?model=' + encodeURIComponent(model))).metrics);
  }

  function modelRow(m) {
    const row = make('tr');
    const values = [m.modelVersion, m.personPeriods, m.discontinuations, m.running].map((v) => whole.format(v));
    values.push(fixed(m.loss, 4), fixed(m.concordanceAll, 3), fixed(m.concordanceShort, 3), fixed(m.concordanceLong, 3),
      whole.format(m.judged), percent(m.unknownShare), whole.format(m.duplicates), whole.format(m.deadLetters));
    row.append(make('td', '', m.model), ...values.map((v) => make('td', 'num', v)));
    return row;
  }

  function drawDead(letters) {
    const entries = Object.entries(letters).sort((a, b) => b[1] - a[1]);
    $('dead-none').hidden = entries.length > 0;
    $('m-dead').replaceChildren(...entries.map(([reason, n]) => {
      const row = make('tr');
      row.append(make('td', '', reason), make('td', 'num', whole.format(n)));
      return row;
    }));
  }

  function drawMetrics(metrics) {
    const of = (field) => metrics.map((m) => [m.at, m[field]]);
    Charts.lines('c-concordance', [
      { name: 'all', color: 's1', data: of('concordanceAll'), mark: 0.5 }, { name: 'short', color: 's2', data: of('concordanceShort') },
      { name: 'long', color: 's3', data: of('concordanceLong') }], (v) => fixed(v, 3), { interval: 0.1, min: (v) => Math.min(0.4, Math.floor(v.min * 10) / 10), max: (v) => Math.max(0.7, Math.min(1, Math.ceil(v.max * 10) / 10)) });
    Charts.lines('c-loss', [{ name: 'loss', color: 's1', data: of('loss') }], (v) => fixed(v, 3));
    Charts.lines('c-version', [{ name: 'version', color: 's1', data: of('modelVersion') }], (v) => v === null ? '–' : short.format(v), { min: 0, scale: false });
  }

  // ---- keeping up ----
  async function refresh(fresh) {
    if (state.busy) { state.again = state.again || Boolean(fresh); return; }
    state.busy = true;
    try {
      await loadList(fresh);
      await loadDetail();
      await loadModels();
    } catch (error) { lost(error); }
    state.busy = false;
    if (state.again) { state.again = false; refresh(true); }
  }

  function tick(summary) {
    showSummary(summary);
    const released = state.held && Date.now() - state.touched >= HOLD;
    if (summary.revision !== state.revision || released) { state.revision = summary.revision; refresh(false); }
  }

  function lost(error) {
    setState('lost');
    banner(`No connection to Kedge: ${error.message}. Trying again.`, true);
  }

  function listen() {
    const events = new EventSource('/api/events');
    events.addEventListener('tick', (event) => tick(JSON.parse(event.data)));
    events.onerror = () => {
      lost(new Error('the dashboard does not answer'));
      state.revision = -1;
      if (events.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
    };
  }

  function showTab(name) {
    ['creatives', 'models'].forEach((one) => {
      const chosen = one === name;
      $('view-' + one).hidden = !chosen;
      $('tab-' + one).setAttribute('aria-selected', String(chosen));
      $('tab-' + one).tabIndex = chosen ? 0 : -1;
    });
    history.replaceState(null, '', name === 'models' ? '#models' : location.pathname);
    loadModels().catch(lost);
  }

  function setTheme(name) {
    document.documentElement.dataset.theme = name;
    Charts.redraw();
  }

  function start() {
    const system = matchMedia('(prefers-color-scheme: dark)');
    const own = () => localStorage.getItem('kedge-theme');
    setTheme(own() || (system.matches ? 'dark' : 'light'));
    system.addEventListener('change', () => own() || setTheme(system.matches ? 'dark' : 'light'));
    $('theme').addEventListener('click', () => {
      const next = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
      localStorage.setItem('kedge-theme', next);
      setTheme(next);
    });
    let typing = 0;
    const changed = () => { state.limit = PAGE; refresh(true); };
    $('filters').addEventListener('submit', (event) => event.preventDefault());
    $('q').addEventListener('input', () => { clearTimeout(typing); typing = setTimeout(changed, 150); });
    ['model', 'action', 'sort'].forEach((id) => $(id).addEventListener('change', changed));
    $('more').addEventListener('click', () => { state.limit = Math.min(1000, state.limit + PAGE); refresh(true); });
    $('rows').addEventListener('click', (event) => open(event.target.closest('tr')));
    $('rows').addEventListener('keydown', walk);
    $('rows').addEventListener('pointermove', () => { state.touched = Date.now(); });
    $('back').addEventListener('click', closeDetail);
    document.addEventListener('keydown', (event) => { if (event.key === 'Escape') closeDetail(); });
    $('m-model').addEventListener('change', () => loadModels().catch(lost));
    ['creatives', 'models'].forEach((one, i, all) => {
      $('tab-' + one).addEventListener('click', () => showTab(one));
      $('tab-' + one).addEventListener('keydown', (event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
        showTab(all[1 - i]);
        $('tab-' + all[1 - i]).focus();
      });
    });
    showTab(location.hash === '#models' ? 'models' : 'creatives');
    listen();
  }

  start();
})();
