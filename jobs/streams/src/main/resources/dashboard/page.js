// What all views of the page share: small makers, the address, data behind charts. Text from data is only ever set as text.
'use strict';

const Page = (() => {
  const SVG = 'http://www.w3.org/2000/svg';
  const ACTIONS = { keep: 'Keep', watch: 'Watch', refresh: 'Refresh', stop: 'Stop', stopped: 'Stopped', lost: 'Lost', unknown: 'Unknown' };
  const { whole, short, given, stamp, fixed, money, brief, count, since, span, DAY } = Format;
  const $ = (id) => document.getElementById(id);

  // A sum of each currency, after the sum of what has none: they are never added up.
  function sums(of, field) {
    const parts = Object.entries(of[field + 'In'] || {}).map(([currency, v]) => money(v, currency));
    return parts.length && !of[field] ? parts : [money(of[field]), ...parts];
  }

  const sumLine = (of, field) => sums(of, field).join(' · ');

  // The same for a cell of a table or a pair: a line each.
  function sumCell(of, field) {
    const parts = sums(of, field);
    if (parts.length === 1) return parts[0];
    const node = make('span', 'sums');
    node.append(...parts.map((part) => make('span', '', part)));
    return node;
  }

  // ---- nodes ----
  const { text } = Shown;

  function make(tag, className, value) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (value !== undefined) text(node, value);
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

  // Rows of a table, changed in place: a cell is a text, a node, or { th } for the row's header.
  function rows(body, lines) {
    while (body.children.length > lines.length) body.lastElementChild.remove();
    lines.forEach((cells, i) => {
      const old = body.children[i];
      if (old && old.children.length === cells.length) { cells.forEach((cell, j) => fill(old.children[j], cell)); return; }
      const row = make('tr');
      row.append(...cells.map((cell, j) => {
        const head = j === 0;
        const node = make(head ? 'th' : 'td', head ? '' : 'num');
        if (head) node.scope = 'row';
        fill(node, cell);
        return node;
      }));
      if (old) old.replaceWith(row); else body.append(row);
    });
  }

  function fill(node, cell) {
    if (!(cell instanceof Node)) text(node, String(cell));
    else if (!node.firstElementChild || node.textContent !== cell.textContent) node.replaceChildren(cell);
  }

  // Pairs of a <dl>, changed in place so that nothing flickers: [name, value, hint], the value as a cell of a table.
  function pairs(list, entries) {
    while (list.children.length > entries.length) list.lastElementChild.remove();
    entries.forEach(([name, value, hint], i) => {
      if (!list.children[i]) { const node = make('div'); node.append(make('dt'), make('dd')); list.append(node); }
      const [dt, dd] = list.children[i].children;
      text(dt, name);
      fill(dd, value);
      if (hint) list.children[i].title = Shown.plain(hint);
    });
  }

  function options(select, names, all) {
    const wanted = all ? ['', ...names] : names;
    const known = [...select.options].map((o) => o.value);
    if (wanted.length === known.length && wanted.every((name, i) => name === known[i])) return;
    // What the address wants may come before its option does.
    const value = select.dataset.wanted || select.value;
    select.replaceChildren(...wanted.map((name) => new Option(Shown.plain(name || all), name)));
    if (!wanted.includes(value)) return;
    select.value = value;
    delete select.dataset.wanted;
  }

  // ---- the figures of a chart as a table, for whoever cannot see it: made when it is opened ----
  const sheets = new Map();

  function sheet(id, caption, head, lines) {
    if (!sheets.has(id)) sheets.set(id, newSheet(id, caption));
    const one = sheets.get(id);
    one.draw = () => {
      text(one.caption, caption);
      one.head.replaceChildren(...head.map((name, i) => { const th = make('th', i ? 'num' : '', name); th.scope = 'col'; return th; }));
      rows(one.body, lines());
    };
    if (one.node.open) one.draw();
  }

  function newSheet(id, caption) {
    const node = make('details', 'sheet');
    const summary = make('summary', '', 'As a table');
    summary.setAttribute('aria-label', `${caption}: as a table`);
    const holder = make('div', 'wide');
    const table = make('table', 'plain');
    const one = { node, caption: make('caption', 'hide'), head: make('tr'), body: make('tbody'), draw: () => {} };
    holder.tabIndex = 0;
    holder.setAttribute('role', 'group');
    holder.setAttribute('aria-label', caption);
    const top = make('thead');
    top.append(one.head);
    table.append(one.caption, top, one.body);
    holder.append(table);
    node.append(summary, holder);
    node.addEventListener('toggle', () => node.open && one.draw());
    $(id).after(node);
    return one;
  }

  // ---- the address: what is shown can be sent to a colleague ----
  const address = () => new URLSearchParams(location.search);

  function remember(changes, step) {
    const now = address();
    now.delete('token');
    Object.entries(changes).forEach(([name, value]) => { if (value) now.set(name, value); else now.delete(name); });
    const query = now.toString();
    const wanted = location.pathname + (query ? '?' + query : '');
    if (wanted === location.pathname + location.search) return;
    history[step ? 'pushState' : 'replaceState'](null, '', wanted);
  }

  // ---- the server ----
  async function ask(path, how) {
    const answer = await fetch(path, { headers: { Accept: 'application/json' }, ...how });
    const body = await answer.json();
    if (!answer.ok) { const wrong = new Error(body.error || answer.statusText); wrong.refused = answer.status < 500; wrong.later = answer.status === 429 ? 1000 * (Number(answer.headers.get('Retry-After')) || 1) : 0; throw wrong; }
    return body;
  }

  const post = (path, body) => ask(path, { method: 'POST', headers: { 'Accept': 'application/json', 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

  // Says something to whoever listens to the page; what is shown anyhow is not said.
  function say(words) { text($('said'), words); }

  return { $, ACTIONS, DAY, whole, short, given, stamp, fixed, money, brief, sumLine, sumCell, count, since, span, text, make, chip, setChip, rows, pairs, options, sheet, address, remember, ask, post, say };
})();
