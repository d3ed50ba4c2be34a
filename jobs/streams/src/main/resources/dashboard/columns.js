// The columns of the list: which there are, and which of them a reader wants. They are kept in the browser, and in the link.
'use strict';

const Columns = (() => {
  const { $, make, text } = Page;
  const { percent, money, date, days, whole } = Format;
  const KEPT = 'kedge-columns';
  const MOST_HORIZONS = 3;
  const running = (score) => score.action !== 'stopped' && score.action !== 'lost';
  const ofRunning = (show) => (score) => running(score) ? show(score) : Format.NONE;

  // The days between which the stop lies, the last of them empty if it may run on; null while too little is known to say.
  function stopsBetween(score) {
    const left = score.remainingDays;
    if (!left || !running(score)) return null;
    const day = (after) => date(new Date(Date.parse(score.at) + after * 864e5).toISOString());
    return [day(left.low), Format.given(left.high) ? day(left.high) : ''];
  }

  function betweenWords(score) {
    const between = stopsBetween(score);
    if (!between) return 'Not known: too few creatives of this model are over, or its job does not say it.';
    const [low, high] = between;
    return `It stops ${high ? `between ${low} and ${high}` : `on ${low} or later, and may well run longer than the model looks ahead`}: ${percent(score.remainingDays.level)} of such intervals hold, over time and for each group of advertisers.`;
  }

  // A stop date in two lines: the day by which half are stopped, and the span that it lies in.
  function stopDate(score) {
    const at = score.stopDate;
    if (!running(score)) return [date(score.at), 'stopped'];
    if (!at) return [Format.NONE, ''];
    if (!at.median) return ['not before', date(at.curveEnd)];
    const [low, high] = stopsBetween(score) || [date(at.from), at.to && date(at.to)];
    const from = low.slice(5);
    return [date(at.median), high ? `${from} to ${high.slice(5)}` : `from ${from} on`];
  }

  // In words, for titles and for the page of a creative.
  function stopWords(score) {
    const at = score.stopDate;
    if (!at) return '';
    if (!at.median) return `More than half of such creatives still run on ${date(at.curveEnd)}, where the model’s survival curve ends.`;
    if (stopsBetween(score)) return `Half of such creatives are stopped by ${date(at.median)}, by the model’s survival curve. ${betweenWords(score)}`;
    return `Half of such creatives are stopped by ${date(at.median)}, one in ten by ${date(at.from)}, `
      + `${at.to ? `nine in ten by ${date(at.to)}` : `and fewer than nine in ten by ${date(at.curveEnd)}, where the curve ends`}: `
      + 'the 10, 50 and 90 % quantiles of the model’s survival curve, not calibrated.';
  }

  const plain = (show) => (cell, score) => text(cell, show(score));

  function fillStop(cell, score) {
    if (!cell.firstChild) cell.append(make('b'), make('span'));
    const [first, second] = stopDate(score);
    text(cell.firstChild, first);
    text(cell.lastChild, second);
    cell.title = running(score) ? stopWords(score) : '';
  }

  // ---- the chance of a stop within each horizon, as bars ----
  function fillHorizons(cell, score) {
    if (!cell.firstChild) cell.append(make('div', 'hs'));
    const holder = cell.firstChild;
    const horizons = running(score) ? score.horizons.slice(0, MOST_HORIZONS) : [];
    while (holder.children.length > horizons.length) holder.lastChild.remove();
    while (holder.children.length < horizons.length) holder.append(newHorizon());
    horizons.forEach((h, i) => {
      const [label, shown, bar] = holder.children[i].children;
      const p = h.probability || 0;
      text(label, days(h.days) + 'd');
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

  // id, head, what it is in the field's words, what a phone writes beside it; num for numbers, sort for what orders by it, standard for those at first.
  const ALL = [
    { id: 'days', head: 'Days run', hint: 'Days since it was launched, or launched again', unit: 'days run', num: true, sort: 'days', fill: plain((s) => days(Format.since(s.launchedAt, s.at))) },
    { id: 'stop', head: 'Projected stop', hint: 'When half of such creatives are stopped, and from when to when the stop lies: an interval that holds for nine in ten, or, while too little is known for it, quantiles of the survival curve for eight in ten', unit: '', sort: 'stop-date', standard: true, fill: fillStop },
    { id: 'within', head: 'Stops within', hint: 'Chance to be stopped within so many days, calibrated', unit: '', sort: 'probability', standard: true, fill: fillHorizons },
    { id: 'waste', head: 'Expected waste', hint: 'Money expected to be spent in vain until the next check if it runs on', unit: 'waste', num: true, sort: 'urgency', standard: true, fill: plain(ofRunning((s) => money(s.expectedWaste, s.currency))) },
    { id: 'spend', head: 'Spent', hint: 'Money spent since it was launched, or launched again', unit: 'spent', num: true, sort: 'spend', standard: true, fill: plain((s) => money(s.totals.spend || 0, s.currency)) },
    { id: 'daily', head: 'Spend a day', hint: 'Money that it spends in a day, by its newest report', unit: 'a day', num: true, fill: plain(ofRunning((s) => money(s.spendADay, s.currency))) },
    { id: 'left', head: 'Days left', hint: 'Days expected still to run (restricted mean survival)', unit: 'days left', num: true, sort: 'risk', fill: plain(ofRunning((s) => days(s.expectedDays))) },
    { id: 'early', head: 'Early stop', hint: 'Chance to be stopped early, in its first days (cut-out)', unit: 'early stop', num: true, sort: 'cut-out', fill: plain(ofRunning((s) => percent(s.cutOut))) },
    { id: 'late', head: 'Wears out', hint: 'Chance to be stopped later, because it has worn out (wear-out)', unit: 'wears out', num: true, sort: 'wear-out', fill: plain(ofRunning((s) => percent(s.wearOut))) },
    { id: 'impressions', head: 'Impressions', hint: 'Since it was launched, or launched again', unit: 'impressions', num: true, fill: plain((s) => whole.format(s.totals.impressions)) },
    { id: 'clicks', head: 'Clicks', hint: 'Since it was launched, or launched again', unit: 'clicks', num: true, fill: plain((s) => whole.format(s.totals.clicks)) },
    { id: 'ctr', head: 'Click rate', hint: 'Clicks for each impression (click-through rate)', unit: 'click rate', num: true, fill: plain((s) => s.totals.impressions ? percent(s.totals.clickThroughRate) : Format.NONE) },
    { id: 'conversions', head: 'Conversions', hint: 'Since it was launched, or launched again', unit: 'conversions', num: true, fill: plain((s) => whole.format(s.totals.conversions)) },
    { id: 'advertiser', head: 'Advertiser', hint: '', unit: '', fill: plain((s) => s.advertiser || Format.NONE) },
    { id: 'campaign', head: 'Campaign', hint: '', unit: '', fill: plain((s) => s.campaign || Format.NONE) },
    { id: 'launched', head: 'Launched', hint: 'When it was launched, or launched again, UTC', unit: 'launched', sort: '', fill: plain((s) => date(s.launchedAt)) },
    { id: 'scored', head: 'Last scored', hint: 'When it was scored last, UTC', unit: 'scored', sort: 'at', fill: plain((s) => Format.stamp(s.at)) }];
  const STANDARD = ALL.filter((one) => one.standard).map((one) => one.id);
  // With the most first, these have the least figure first.
  const RISING = ['stop-date', 'risk'];
  const state = { ids: STANDARD, changed: () => {} };

  const known = (ids) => ALL.filter((one) => ids.includes(one.id)).map((one) => one.id);
  const isStandard = () => state.ids.join() === STANDARD.join();
  const shown = () => ALL.filter((one) => state.ids.includes(one.id));
  // What the link says of them: nothing of the standard ones.
  const word = () => isStandard() ? '' : state.ids.join() || 'none';

  // The link decides, then what this browser kept. Tells whether the columns are others than before.
  function fromAddress() {
    const wanted = Page.address().get('columns') || localStorage.getItem(KEPT);
    const before = state.ids.join();
    state.ids = wanted ? known(wanted.split(',')) : STANDARD;
    drawChoice();
    if ($('head').children.length > 2 && before === state.ids.join()) return false;
    drawHead();
    return true;
  }

  function choose(ids) {
    state.ids = known(ids);
    if (isStandard()) localStorage.removeItem(KEPT); else localStorage.setItem(KEPT, word());
    drawHead();
    drawChoice();
    state.changed();
  }

  function drawHead() {
    const row = $('head');
    const heads = shown().map((one) => {
      const th = make('th', one.num ? 'num' : '');
      th.setAttribute('role', 'columnheader');
      th.scope = 'col';
      th.dataset.column = one.id;
      const name = make(one.sort ? 'button' : 'span', '', one.head);
      name.title = one.hint;
      if (one.sort) { name.type = 'button'; th.dataset.sort = one.sort; th.setAttribute('aria-sort', 'none'); }
      th.append(name);
      return th;
    });
    row.replaceChildren(row.firstElementChild, ...heads, row.lastElementChild);
    $('table').dataset.columns = isStandard() ? 'standard' : 'chosen';
    // As many as do not fit are scrolled to, instead of being crushed.
    $('table').style.setProperty('--columns', String(state.ids.length));
  }

  // Whether the figures of a column rise where a ranking begins with the most.
  const rises = (sort) => RISING.includes(sort);

  function newCells() {
    return shown().map((one) => {
      const cell = make('td', one.num ? 'num' : '');
      cell.setAttribute('role', 'gridcell');
      cell.dataset.column = one.id;
      if (one.unit) cell.dataset.unit = one.unit;
      return cell;
    });
  }

  function fill(cells, score) { shown().forEach((one, i) => one.fill(cells[i], score)); }

  // ---- the choice ----
  function drawChoice() {
    if (!$('columns-all').firstChild) $('columns-all').append(...ALL.map(box));
    ALL.forEach((one) => { $('column-' + one.id).checked = state.ids.includes(one.id); });
    $('columns-standard').setAttribute('aria-disabled', String(isStandard()));
  }

  function box(one) {
    const label = make('label', 'check');
    const input = make('input');
    input.type = 'checkbox';
    input.id = 'column-' + one.id;
    input.addEventListener('change', () => choose(ALL.map((c) => c.id).filter((id) => $('column-' + id).checked)));
    label.title = one.hint;
    label.append(input, make('span', '', one.head));
    return label;
  }

  function start(changed) {
    state.changed = changed;
    $('columns').addEventListener('click', () => {
      const open = $('columns').getAttribute('aria-expanded') !== 'true';
      $('columns').setAttribute('aria-expanded', String(open));
      $('columns-choice').hidden = !open;
    });
    $('columns-standard').addEventListener('click', () => { if (!isStandard()) choose(STANDARD); });
  }

  return { start, fromAddress, word, newCells, fill, rises, stopDate, stopWords, stopsBetween, betweenWords };
})();
