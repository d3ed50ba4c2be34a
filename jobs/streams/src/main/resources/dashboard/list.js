// The ranking: filters, order and pages live in the address; rows are kept and changed in place, so focus and scroll stay.
'use strict';

const List = (() => {
  const { $, make, text, whole, brief, count, since } = Page;
  const { percent } = Charts;
  const PAGE = 50;
  const HOLD = 6000;
  // More would not fit a row; the creative's own page shows all.
  const SHOWN_HORIZONS = 3;
  const FIELDS = ['q', 'advertiser', 'campaign', 'model', 'action', 'decision', 'probability', 'spend', 'sort', 'order'];
  const state = { offset: 0, rows: new Map(), touched: 0, held: false, chosen: null, choose: () => {}, total: 0 };

  const key = (score) => JSON.stringify([score.model, score.creative]);
  // What is chosen is a name, and may begin or end with a space.
  const value = (id) => $(id).tagName === 'SELECT' ? $(id).value : $(id).value.trim();
  const filtered = () => ['q', 'advertiser', 'campaign', 'model', 'action', 'decision', 'probability', 'spend'].some((id) => value(id));

  function query() {
    const wanted = new URLSearchParams({ sort: value('sort'), order: value('order') || 'desc', limit: PAGE, offset: state.offset });
    ['q', 'advertiser', 'campaign', 'model', 'action', 'decision', 'spend'].forEach((name) => value(name) && wanted.set(name, value(name)));
    if (value('probability')) wanted.set('probability', Number(value('probability')) / 100);
    return wanted;
  }

  // What the list shows on all its pages, to be taken away; with the mark that Excel wants.
  function table() {
    const wanted = query();
    ['limit', 'offset'].forEach((name) => wanted.delete(name));
    wanted.set('mark', 'true');
    return wanted;
  }

  function toAddress() {
    const standard = { sort: 'urgency', order: 'desc' };
    const changes = Object.fromEntries(FIELDS.map((name) => [name, value(name) === standard[name] ? '' : value(name)]));
    Page.remember({ ...changes, page: state.offset ? String(state.offset / PAGE + 1) : '' }, false);
  }

  function fromAddress() {
    const now = Page.address();
    FIELDS.forEach((name) => {
      const wanted = now.get(name) || '';
      const node = $(name);
      if (node.tagName === 'SELECT') {
        node.dataset.wanted = wanted;
        if (wanted && ![...node.options].some((o) => o.value === wanted) && ['model', 'advertiser', 'campaign'].includes(name)) node.append(new Option(Shown.plain(wanted), wanted));
      }
      node.value = wanted || { sort: 'urgency', order: 'desc' }[name] || '';
    });
    if (!$('sort').value) $('sort').value = 'urgency';
    if (!$('order').value) $('order').value = 'desc';
    state.offset = (Math.max(1, parseInt(now.get('page') || '1', 10) || 1) - 1) * PAGE;
    showOrder();
    showMore(['advertiser', 'campaign', 'model', 'action', 'decision', 'probability', 'spend'].some((id) => value(id)) || $('more').getAttribute('aria-expanded') === 'true');
  }

  async function load(fresh) {
    let page = await Page.ask('/api/creatives?' + query());
    if (!page.creatives.length && page.total && state.offset) {
      state.offset = Math.floor((page.total - 1) / PAGE) * PAGE;
      toAddress();
      page = await Page.ask('/api/creatives?' + query());
    }
    const hold = !fresh && Date.now() - state.touched < HOLD;
    state.held = hold;
    state.total = page.total;
    $('csv').href = '/api/creatives.csv?' + table();
    text($('risk-label'), `Risk in ${Charts.day(page.within)} d, % or more`);
    drawRows(page.creatives, hold);
    drawEmpty(page);
    drawPages(page, hold);
    if (fresh) Page.say(page.total ? count(page.total, 'creative', 'creatives') : 'No creative matches');
    return page.creatives;
  }

  async function loadChoices() {
    const choices = await Page.ask('/api/choices');
    Page.options($('advertiser'), choices.advertisers, 'All advertisers');
    const campaigns = choices.campaigns || [];
    $('campaign').closest('label').hidden = !campaigns.length && !value('campaign');
    Page.options($('campaign'), campaigns, 'All campaigns');
  }

  function drawPages(page, hold) {
    const last = state.offset + page.creatives.length;
    const words = page.total ? `${whole.format(state.offset + 1)}–${whole.format(last)} of ${count(page.total, 'creative', 'creatives')}` : '';
    text($('count'), words + (hold && words ? ' · order held while you are in the list' : ''));
    $('pages').hidden = page.total <= PAGE;
    off($('previous'), state.offset === 0);
    off($('next'), last >= page.total);
  }

  // A button that is off stays focusable: whoever presses it again is not thrown out of the list.
  function off(button, is) { button.setAttribute('aria-disabled', String(is)); }

  function turn(by) {
    const to = state.offset + by * PAGE;
    if (to < 0 || to >= state.total) return false;
    state.offset = to;
    $('scroll').scrollTop = 0;
    return true;
  }

  function drawEmpty(page) {
    $('empty').hidden = page.total > 0;
    $('table').hidden = page.total === 0;
    $('d-empty').style.visibility = page.total > 0 ? '' : 'hidden';
    text($('empty-title'), filtered() ? 'No creative matches' : 'No scores yet — waiting for the first event');
    text($('empty-hint'), filtered() ? 'Change the search or the filters.' : 'Creatives appear here the moment they are scored.');
    $('clear').hidden = !filtered();
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
    cells[0].lastChild.append(make('i', 'copy'), make('bdi'));
    cells[0].firstChild.dir = 'auto';
    cells[2].append(make('div', 'hs'));
    node.append(...cells);
    return { node, cells, score: null };
  }

  function fillRow(row, score) {
    const [who, days, horizons, cutOut, wearOut, spend, action] = row.cells;
    const stopped = score.action === 'stopped' || score.action === 'lost';
    row.score = score;
    row.node.dataset.key = key(score);
    row.node.classList.toggle('gone', stopped);
    text(who.firstChild, score.text || score.creative);
    who.firstChild.title = Shown.plain(score.text);
    const [copy, names] = who.children[1].childNodes;
    copy.hidden = !score.sameAs;
    text(copy, score.sameAs ? 'copy' : '');
    copy.title = score.sameAs ? `The same as ${Shown.plain(score.sameAs)}` : '';
    Shown.line(names, Shown.list([score.advertiser, score.campaign, score.creative, score.model].filter(Boolean)));
    text(days, Charts.day(since(score.launchedAt, score.at)));
    days.dataset.unit = 'days';
    cutOut.dataset.unit = 'cut-out';
    wearOut.dataset.unit = 'wear-out';
    fillHorizons(horizons.firstChild, stopped ? [] : score.horizons.slice(0, SHOWN_HORIZONS));
    text(cutOut, stopped ? '–' : percent(score.cutOut));
    text(wearOut, stopped ? '–' : percent(score.wearOut));
    text(spend, brief(score.totals.spend || 0, score.currency));
    spend.dataset.unit = 'spent';
    Page.setChip(action, score.action);
    Actions.mark(row.node, score);
  }

  function fillHorizons(holder, horizons) {
    while (holder.children.length > horizons.length) holder.lastChild.remove();
    while (holder.children.length < horizons.length) holder.append(newHorizon());
    horizons.forEach((h, i) => {
      const [label, shown, bar] = holder.children[i].children;
      const p = h.probability || 0;
      text(label, Charts.day(h.days) + 'd');
      text(shown, percent(h.probability));
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

  function mark(id) { state.chosen = id; markRows(); }

  function focusChosen() {
    const row = state.rows.get(state.chosen);
    if (row) row.node.focus();
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

  function open(row) {
    if (row && row.dataset.key) state.choose(state.rows.get(row.dataset.key).score);
  }

  // ---- order and filters ----
  function showOrder() {
    document.querySelectorAll('#table th[data-sort]').forEach((th) => {
      const on = th.dataset.sort === $('sort').value;
      th.setAttribute('aria-sort', on ? (value('order') === 'asc' ? 'ascending' : 'descending') : 'none');
    });
  }

  function sortBy(name) {
    const again = $('sort').value === name;
    $('order').value = again && value('order') === 'desc' ? 'asc' : 'desc';
    $('sort').value = name;
  }

  function showMore(open) {
    $('more').setAttribute('aria-expanded', String(open));
    $('filters').classList.toggle('all', open);
  }

  function start(choose, changed) {
    state.choose = choose;
    let typing = 0;
    const anew = () => { FIELDS.forEach((name) => delete $(name).dataset.wanted); state.offset = 0; showOrder(); toAddress(); changed(); };
    $('filters').addEventListener('submit', (event) => event.preventDefault());
    ['q', 'probability', 'spend'].forEach((id) => $(id).addEventListener('input', () => {
      clearTimeout(typing);
      if ($(id).checkValidity()) typing = setTimeout(anew, 200);
    }));
    ['model', 'advertiser', 'campaign', 'action', 'decision', 'sort', 'order'].forEach((id) => $(id).addEventListener('change', anew));
    document.querySelectorAll('#table th[data-sort] button').forEach((button) => button.addEventListener('click', () => { sortBy(button.parentElement.dataset.sort); anew(); }));
    $('more').addEventListener('click', () => showMore($('more').getAttribute('aria-expanded') !== 'true'));
    $('clear').addEventListener('click', () => { ['q', 'advertiser', 'campaign', 'model', 'action', 'decision', 'probability', 'spend'].forEach((id) => { $(id).value = ''; }); anew(); $('q').focus(); });
    [['previous', -1], ['next', 1]].forEach(([id, by]) => $(id).addEventListener('click', () => { if (turn(by)) { toAddress(); changed(); } }));
    $('rows').addEventListener('click', (event) => open(event.target.closest('tr')));
    $('rows').addEventListener('keydown', walk);
    $('rows').addEventListener('pointermove', () => { state.touched = Date.now(); });
  }

  // Whether the order was held back and may move now.
  const released = () => state.held && Date.now() - state.touched >= HOLD;

  const scoreOf = (row) => state.rows.get(row.dataset.key).score;

  return { start, load, loadChoices, fromAddress, mark, focusChosen, released, key, scoreOf };
})();
