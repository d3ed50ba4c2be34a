// What people decide of a creative, in its row and on its page: stop, keep, snooze, note, take back. A decision is shown when the topic has it.
'use strict';

const Actions = (() => {
  const { $, make, text } = Page;
  const { stamp } = Format;
  const KINDS = ['stop', 'keep', 'snooze', 'note'];
  const VERBS = { stop: 'Stop', keep: 'Keep', snooze: 'Snooze', note: 'Note', undo: 'Take back' };
  const DONE = { stop: 'Stopped', keep: 'Kept', snooze: 'Snoozed', note: 'Note', undo: 'Taken back' };
  const HINTS = {
    stop: 'Stopped by you, here or in your ad platform. Kedge does not stop it itself: your decision goes out as an event that your systems can follow.',
    keep: 'It runs on, whatever the advice, and leaves the list of what is to be stopped.',
    snooze: 'It leaves the list of what is to be stopped until that day begins (UTC).',
    note: 'For whoever looks next. It changes nothing else.',
    undo: 'The decision stays in the trail, marked as taken back.' };
  const NAME = 'kedge-name';
  const WEEK = 7 * Format.DAY;
  const state = { on: false, named: false, about: null, kind: 'stop', undoes: null, id: '', drawn: '', changed: () => {} };

  const day = (millis) => new Date(millis).toISOString().slice(0, 10);
  // Not randomUUID: browsers have it on secure pages only.
  const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');

  // ---- whether people decide here ----
  function show(summary) {
    if (state.on === summary.decisions) return;
    state.on = summary.decisions;
    $('decision').closest('label').hidden = !state.on;
    document.body.classList.toggle('decides', state.on);
  }

  // ---- marks of a row ----
  // Most snoozes end as a day begins.
  function words(decision) {
    const until = decision.kind === 'snooze' ? ` until ${stamp(decision.until).replace(' 00:00', '')}` : '';
    return [`${DONE[decision.kind]}${until} by `, { name: decision.who }];
  }

  function marks(decision, notes) {
    const parts = [];
    if (decision) {
      const node = make('span', 'mark');
      node.dataset.kind = decision.kind;
      Shown.line(node, words(decision));
      node.title = Shown.plain([`${stamp(decision.at)} UTC`, decision.reason].filter(Boolean).join(': '));
      parts.push(node);
    }
    if (notes) parts.push(make('span', 'mark', Format.count(notes, 'note', 'notes')));
    return parts;
  }

  // Fills the marks of a row's first cell, and its button, which are made when they are needed.
  function mark(row, score) {
    const who = row.querySelector('.who');
    const key = JSON.stringify([score.decision, score.notes]);
    let box = who.querySelector('.marks');
    if (state.on && !who.querySelector('.row-act')) who.append(rowButton(row));
    if (!box && !score.decision && !score.notes) return;
    if (!box) { box = make('div', 'marks'); who.append(box); }
    row.classList.toggle('settled', Boolean(score.decision));
    if (box.dataset.key === key) return;
    box.dataset.key = key;
    box.replaceChildren(...marks(score.decision, score.notes));
  }

  function rowButton(row) {
    const button = make('button', 'row-act', '⋯');
    button.type = 'button';
    button.tabIndex = -1;
    button.title = 'Stop, keep, snooze or note';
    button.setAttribute('aria-label', 'Decide on this creative');
    button.addEventListener('click', (event) => { event.stopPropagation(); open(List.scoreOf(row), 'stop'); });
    // Enter and space press it, and do not open the row.
    button.addEventListener('keydown', (event) => { if (event.key === 'Enter' || event.key === ' ') event.stopPropagation(); });
    return button;
  }

  // ---- the page of a creative ----
  function draw(score) {
    state.about = score;
    $('d-csv').href = '/api/creative.csv?' + new URLSearchParams({ model: score.model, creative: score.creative, mark: true });
    $('d-acts').hidden = !state.on;
    $('d-trail-box').hidden = !state.on;
    if (!state.on) return;
    const gone = score.action === 'stopped' || score.action === 'lost';
    ['stop', 'keep', 'snooze'].forEach((kind) => { $('d-' + kind).hidden = gone; });
    const key = JSON.stringify([score.model, score.creative, score.decision, score.notes, score.decisions]);
    if (key === state.drawn) return;
    state.drawn = key;
    $('d-standing').replaceChildren(...marks(score.decision, score.notes));
    $('trail-none').hidden = score.decisions.length > 0;
    $('d-trail').replaceChildren(...score.decisions.map((one) => step(score, one)));
  }

  function step(score, one) {
    const node = make('li', one.undone ? 'undone' : '');
    const head = make('p');
    Shown.line(head, one.kind === 'undo' ? ['Taken back by ', { name: one.who }, ': ' + undoneWords(score, one)] : words(one));
    const time = make('time', 'muted', `${stamp(one.at)} UTC · advice then: ${Page.ACTIONS[one.seen.action]}`);
    time.dateTime = one.at;
    node.append(head, time);
    if (one.reason) { const reason = make('p', 'why-so', one.reason); reason.dir = 'auto'; node.append(reason); }
    if (one.undone) node.append(make('i', 'muted', 'taken back'));
    if (one.kind !== 'undo' && !one.undone) {
      const undo = make('button', 'undo', 'Take back');
      undo.type = 'button';
      undo.addEventListener('click', () => open(score, 'undo', one));
      node.append(undo);
    }
    return node;
  }

  function undoneWords(score, one) {
    const target = score.decisions.find((other) => other.id === one.undoes);
    return target ? `${DONE[target.kind].toLowerCase()}, ${stamp(target.at)} UTC` : 'an older decision';
  }

  // ---- the dialog ----
  async function open(score, kind, undoes) {
    state.asked = score;
    state.undoes = undoes || null;
    state.id = newId();
    Shown.line($('act-about'), Shown.list([score.text || score.creative, score.advertiser, score.creative].filter(Boolean)));
    $('act-reason').value = '';
    $('act-who').value = localStorage.getItem(NAME) || '';
    $('act-kinds').hidden = kind === 'undo';
    const gone = score.action === 'stopped' || score.action === 'lost';
    KINDS.forEach((one) => { $('act-' + one).disabled = gone && one !== 'note'; });
    choose(gone && kind !== 'undo' ? 'note' : kind);
    wrong('');
    $('act').showModal();
    try {
      const answer = await Page.ask('/api/decisions?' + new URLSearchParams({ model: score.model, creative: score.creative }));
      const now = Date.parse(answer.now);
      state.named = answer.named;
      $('act-who-label').hidden = answer.named;
      $('act-until').min = day(now + Format.DAY);
      $('act-until').max = day(now + 365 * Format.DAY);
      $('act-until').value = day(now + WEEK);
    } catch (error) { wrong(error.message); }
  }

  function choose(kind) {
    state.kind = kind;
    if (kind !== 'undo') $('act-' + kind).checked = true;
    text($('act-title'), kind === 'undo' ? `Take back: ${DONE[state.undoes.kind].toLowerCase()}` : kind === 'note' ? 'Write a note' : `${VERBS[kind]} this creative`);
    text($('act-hint'), HINTS[kind]);
    text($('act-save'), kind === 'note' ? 'Save the note' : VERBS[kind]);
    $('act-until-label').hidden = kind !== 'snooze';
    $('act-until').required = kind === 'snooze';
    const needed = kind === 'snooze' || kind === 'note';
    $('act-reason').required = needed;
    text($('act-reason-label'), kind === 'note' ? 'Note' : needed ? 'Reason' : 'Reason, if you like');
    $('act-save').dataset.kind = kind;
  }

  function wrong(message) {
    text($('act-wrong'), message);
    $('act-wrong').hidden = !message;
  }

  function wish() {
    const whole = { id: state.id, model: state.asked.model, creative: state.asked.creative, kind: state.kind, reason: $('act-reason').value };
    if (!state.named) whole.who = $('act-who').value.trim();
    if (state.kind === 'snooze') whole.until = $('act-until').value;
    if (state.kind === 'undo') whole.undoes = state.undoes.id;
    return whole;
  }

  async function save(event) {
    event.preventDefault();
    if ($('act-save').disabled) return;
    $('act-save').disabled = true;
    wrong('');
    try {
      const made = await Page.post('/api/decisions', wish());
      if (!state.named) localStorage.setItem(NAME, $('act-who').value.trim());
      $('act').close();
      Page.say(`${DONE[made.kind]}: written`);
      state.changed();
    } catch (error) { wrong(error.message); }
    $('act-save').disabled = false;
  }

  function start(changed) {
    state.changed = changed;
    KINDS.forEach((kind) => {
      $('d-' + kind).addEventListener('click', () => state.about && open(state.about, kind));
      $('act-' + kind).addEventListener('change', () => choose(kind));
    });
    $('act-cancel').addEventListener('click', () => $('act').close());
    $('act-form').addEventListener('submit', save);
    // Escape closes the dialog, not the creative behind it.
    $('act').addEventListener('keydown', (event) => event.stopPropagation());
  }

  return { start, show, mark, draw };
})();
