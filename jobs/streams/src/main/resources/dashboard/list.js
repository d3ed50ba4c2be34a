// The ranking: filters, order and pages live in the address; rows are kept and changed in place, so focus and scroll stay.
'use strict';

const List = (() => {
  const { $, make, text } = Page;
  const { whole, count } = Format;
  const PAGE = 50;
  const HOLD = 6000;
  const FILTERS = ['q', 'runs', 'advertiser', 'campaign', 'model', 'action', 'decision', 'probability', 'spend'];
  const FIELDS = [...FILTERS, 'sort', 'order'];
  // What directions are called where "most" says little.
  const DIRECTIONS = { 'stop-date': ['Soonest first', 'Latest first'], 'risk': ['Fewest first', 'Most first'], 'at': ['Newest first', 'Oldest first'], 'days': ['Longest first', 'Shortest first'] };
  const state = { offset: 0, rows: new Map(), touched: 0, held: false, chosen: null, choose: () => {}, total: 0 };

  const key = (score) => JSON.stringify([score.model, score.creative]);
  // What is chosen is a name, and may begin or end with a space.
  const value = (id) => $(id).tagName === 'SELECT' ? $(id).value : $(id).value.trim();
  const filtered = () => FILTERS.some((id) => value(id));
  const last = () => Math.max(1, Math.ceil(state.total / PAGE));

  function query() {
    const wanted = new URLSearchParams({ sort: value('sort'), order: value('order') || 'desc', limit: PAGE, offset: state.offset });
    ['q', 'advertiser', 'campaign', 'model', 'action', 'decision', 'spend'].forEach((name) => value(name) && wanted.set(name, value(name)));
    if (value('runs')) wanted.set('state', value('runs'));
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
    Page.remember({ ...changes, columns: Columns.word(), page: state.offset ? String(state.offset / PAGE + 1) : '' }, false);
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
    if (Columns.fromAddress()) clearRows();
    showOrder();
    showMore(FILTERS.slice(1).some((id) => value(id)) || $('more').getAttribute('aria-expanded') === 'true');
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
    text($('risk-label'), `Stops in ${Format.days(page.within)} d, % or more`);
    $('probability').title = `Chance of a stop within ${Format.inDays(page.within)}`;
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
    const end = state.offset + page.creatives.length;
    const words = page.total ? `${whole.format(state.offset + 1)}–${whole.format(end)} of ${count(page.total, 'creative', 'creatives')}` : '';
    text($('count'), words + (hold && words ? ' · order held while you are in the list' : ''));
    $('pages').hidden = page.total <= PAGE;
    ['first', 'previous'].forEach((id) => off($(id), state.offset === 0));
    ['next', 'last'].forEach((id) => off($(id), end >= page.total));
    text($('page-last'), `of ${whole.format(last())}`);
    $('page').max = last();
    if (document.activeElement !== $('page')) $('page').value = state.offset / PAGE + 1;
  }

  // A button that is off stays focusable: whoever presses it again is not thrown out of the list.
  function off(button, is) { button.setAttribute('aria-disabled', String(is)); }

  // Goes to a page by its number; tells whether there is another to show.
  function turn(to) {
    const is = Number.isInteger(to) && to >= 1 && to <= last();
    const wrong = is ? '' : `Pages go from 1 to ${whole.format(last())}.`;
    $('page').setCustomValidity(wrong);
    text($('page-wrong'), wrong);
    $('page-wrong').hidden = is;
    if (!is || (to - 1) * PAGE === state.offset) return false;
    state.offset = (to - 1) * PAGE;
    $('scroll').scrollTop = 0;
    return true;
  }

  function drawEmpty(page) {
    $('empty').hidden = page.total > 0;
    $('table').hidden = page.total === 0;
    $('d-empty').style.visibility = page.total > 0 ? '' : 'hidden';
    text($('empty-title'), filtered() ? 'No creative matches' : 'No scores yet — waiting for the first event');
    text($('empty-hint'), filtered() ? 'Try other words, or fewer filters.' : 'Creatives appear here the moment they are scored.');
    $('clear').hidden = !filtered();
  }

  function drawRows(scores, hold) {
    const body = $('rows');
    const active = document.activeElement;
    const top = $('scroll').scrollTop;
    const seen = new Set();
    const pictured = scores.some((score) => score.picture);
    const order = scores.map((score) => {
      const id = key(score);
      seen.add(id);
      if (!state.rows.has(id)) state.rows.set(id, newRow());
      const row = state.rows.get(id);
      fillRow(row, score, pictured);
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

  // Rows of other columns are made anew.
  function clearRows() {
    state.rows.clear();
    $('rows').replaceChildren();
  }

  function newRow() {
    const node = make('tr');
    node.setAttribute('role', 'row');
    node.tabIndex = -1;
    const who = make('td', 'who');
    const action = make('td', 'advice');
    const cells = Columns.newCells();
    const face = make('i', 'face');
    const title = make('b');
    const names = make('span');
    [who, action].forEach((cell) => cell.setAttribute('role', 'gridcell'));
    face.hidden = true;
    face.setAttribute('aria-hidden', 'true');
    title.dir = 'auto';
    names.append(make('i', 'copy'), make('bdi'));
    who.append(face, title, names);
    node.append(who, ...cells, action);
    return { node, face, title, names, cells, action, score: null };
  }

  // The picture of a creative; where others have one and it has none, the first character of its text.
  function fillFace(face, score, pictured) {
    const picture = (score.picture || '').startsWith('/api/picture?') ? score.picture : '';
    face.hidden = !pictured || !(picture || score.text);
    if (face.hidden) return;
    if (!picture) { text(face, [...score.text.trim()][0] || ''); return; }
    const shown = face.querySelector('img');
    if (shown && shown.getAttribute('src') === picture) return;
    const image = make('img');
    image.alt = '';
    image.loading = 'lazy';
    image.decoding = 'async';
    image.addEventListener('error', () => { face.hidden = true; });
    image.src = picture;
    face.replaceChildren(image);
  }

  function fillRow(row, score, pictured) {
    const stopped = score.action === 'stopped' || score.action === 'lost';
    row.score = score;
    row.node.dataset.key = key(score);
    row.node.classList.toggle('gone', stopped);
    fillFace(row.face, score, pictured);
    text(row.title, score.text || score.creative);
    row.title.title = Shown.plain(score.text);
    const [copy, names] = row.names.childNodes;
    copy.hidden = !score.sameAs;
    text(copy, score.sameAs ? 'copy' : '');
    copy.title = score.sameAs ? `The same as ${Shown.plain(score.sameAs)}` : '';
    Shown.line(names, Shown.list([score.advertiser, score.campaign, score.creative, score.model].filter(Boolean)));
    Columns.fill(row.cells, score);
    Page.setChip(row.action, score.action);
    Actions.mark(row.node, score);
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
      const rises = (value('order') === 'asc') !== Columns.rises(th.dataset.sort);
      th.setAttribute('aria-sort', on ? (rises ? 'ascending' : 'descending') : 'none');
    });
    const [most, least] = DIRECTIONS[$('sort').value] || ['Most first', 'Least first'];
    text($('order').options[0], most);
    text($('order').options[1], least);
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
    ['runs', 'model', 'advertiser', 'campaign', 'action', 'decision', 'sort', 'order'].forEach((id) => $(id).addEventListener('change', anew));
    $('head').addEventListener('click', (event) => { const th = event.target.closest('th[data-sort]'); if (th && event.target.closest('button')) { sortBy(th.dataset.sort); anew(); } });
    Columns.start(() => { clearRows(); showOrder(); toAddress(); changed(); });
    $('more').addEventListener('click', () => showMore($('more').getAttribute('aria-expanded') !== 'true'));
    $('clear').addEventListener('click', () => { FILTERS.forEach((id) => { $(id).value = ''; }); anew(); $('q').focus(); });
    const go = (to) => { if (turn(to)) { toAddress(); changed(); } };
    const at = () => state.offset / PAGE + 1;
    const pages = { first: () => 1, previous: () => Math.max(1, at() - 1), next: () => Math.min(last(), at() + 1), last };
    Object.entries(pages).forEach(([id, to]) => $(id).addEventListener('click', () => { $('page').value = to(); go(to()); }));
    $('page').addEventListener('change', () => go(Number($('page').value)));
    $('rows').addEventListener('click', (event) => open(event.target.closest('tr')));
    $('rows').addEventListener('keydown', walk);
    $('rows').addEventListener('pointermove', () => { state.touched = Date.now(); });
  }

  // Whether the order was held back and may move now.
  const released = () => state.held && Date.now() - state.touched >= HOLD;

  const scoreOf = (row) => state.rows.get(row.dataset.key).score;

  return { start, load, loadChoices, fromAddress, mark, focusChosen, released, key, scoreOf };
})();
