// What another policy would have done to the past. The rules live in the address; nothing of the job changes.
'use strict';

const WhatIf = (() => {
  const { $, make, text, sumLine, sumCell } = Page;
  const { whole, money, fixed, percent, count } = Format;
  const EVERY = 30000;
  const share = { unit: '%', times: 100, min: 1, max: 100, step: 1, slide: true };
  const amount = { min: 0, step: 'any' };
  const FIELDS = [
    { path: 'rule', name: 'Decide by', choices: { thresholds: 'The chance of a stop alone', costs: 'What either mistake costs' }, alone: true },
    { path: 'stop-above', name: 'Stop from, %', ...share, hint: 'From this chance of a stop on: stop, or refresh' },
    { path: 'watch-above', name: 'Watch from, %', ...share, hint: 'Never above the value to stop from' },
    { path: 'horizon', name: 'Days ahead', min: 1, max: 60, step: 1, slide: true, hint: 'For which the chance of a stop is told: one of the job’s horizons, or the next longer one' },
    { path: 'minimum-impressions', name: 'Impressions before any advice', min: 0, max: 20000, step: 100, slide: true, hint: 'With fewer the advice is unknown' },
    { path: 'minimum-outcomes', name: 'Known outcomes before any advice', min: 0, max: 5000, step: 50, slide: true, hint: 'Of the model; with fewer the advice is unknown' },
    { path: 'steadiness.leave', name: 'Take advice back below, % of its level', ...share, min: 0, hint: '100: as soon as the chance is below the level' },
    { path: 'steadiness.hold', name: 'Time between two changes', words: true, hint: 'Such as 7 d; 0 s for any time' },
    { path: 'costs.dead', name: 'Lost per unit spent on a dead creative', min: 0, max: 2, step: 0.05, slide: true, costs: true },
    { path: 'costs.live', name: 'Lost per unit that a live one would have spent', min: 0, max: 2, step: 0.05, slide: true, costs: true },
    { path: 'costs.stop-fee', name: 'Lost by each stop of a live one', ...amount, costs: true },
    { path: 'costs.check-every', name: 'Time between checks', words: true, costs: true, hint: 'Such as 12 h or 1 d' },
    { path: 'costs.run-on', name: 'How long creatives outlive the days ahead', words: true, costs: true, hint: 'On average, such as 21 d; a stop in error loses that, too' },
    { path: 'costs.budget', name: 'Most that stops may cost between checks', ...amount, costs: true, hint: '0 for no limit' }];
  const state = { policy: null, inputs: new Map(), at: 0, asking: false, again: false, lost: () => {} };

  const get = (policy, path) => path.split('.').reduce((node, name) => (node === undefined ? undefined : node[name]), policy);

  function put(policy, path, value) {
    const names = path.split('.');
    const last = names.pop();
    names.reduce((node, name) => (node[name] = node[name] || {}), policy)[last] = value;
  }

  // ---- the form ----
  function build() {
    const costs = make('fieldset');
    costs.append(make('legend', '', 'What mistakes cost'));
    $('w-form').replaceChildren(...FIELDS.filter((f) => !f.costs).map(field), costs);
    costs.append(...FIELDS.filter((f) => f.costs).map(field));
  }

  function field(one) {
    const node = make('div', one.alone ? 'field alone' : 'field');
    const id = 'w-' + one.path.replace('.', '-');
    const label = make('label', '', one.name);
    label.htmlFor = id;
    const box = one.choices ? make('select') : make('input');
    box.id = id;
    if (one.choices) box.append(...Object.entries(one.choices).map(([value, words]) => new Option(words, value)));
    else bound(box, one, one.words ? 'text' : 'number');
    node.append(label);
    const slider = one.slide ? make('input') : null;
    if (slider) {
      bound(slider, one, 'range');
      slider.setAttribute('aria-label', one.name);
      slider.addEventListener('input', () => { box.value = slider.value; changed(); });
      node.append(slider);
    }
    node.append(box);
    if (!slider) node.classList.add('one');
    if (one.hint) {
      const hint = make('span', 'hint', one.hint);
      hint.id = id + '-hint';
      box.setAttribute('aria-describedby', hint.id);
      node.append(hint);
    }
    box.addEventListener(one.choices ? 'change' : 'input', () => { if (slider) slider.value = box.value; changed(); });
    state.inputs.set(one.path, { one, box, slider });
    return node;
  }

  function bound(input, one, type) {
    input.type = type;
    if (type === 'text') { input.maxLength = 20; input.autocomplete = 'off'; return; }
    input.min = one.min;
    if (type === 'range') input.max = one.max;
    else if (one.times) input.max = one.max;
    input.step = type === 'range' ? one.step : 'any';
    if (type === 'number') input.inputMode = 'decimal';
  }

  function show(policy) {
    state.inputs.forEach(({ one, box, slider }) => {
      const value = get(policy, one.path);
      const shown = one.times ? Math.round(value * one.times * 1000) / 1000 : value;
      box.value = shown;
      if (slider) slider.value = shown;
    });
  }

  // What differs from the job's own policy, as a policy file would say it.
  function read() {
    const policy = {};
    const changes = {};
    state.inputs.forEach(({ one, box }) => {
      const own = get(state.policy, one.path);
      const value = one.choices || one.words ? box.value.trim() : Number(box.value) / (one.times || 1);
      const empty = !one.choices && box.value.trim() === '';
      const same = typeof value === 'number' ? Math.abs(value - own) < 1e-9 : value === own;
      if (!same && !empty) put(policy, one.path, value);
      changes['w.' + one.path] = same || empty ? '' : String(value);
    });
    return { policy, changes };
  }

  function fromAddress(own) {
    const now = Page.address();
    const policy = JSON.parse(JSON.stringify(own));
    FIELDS.forEach((one) => {
      const value = now.get('w.' + one.path);
      if (value) put(policy, one.path, one.choices || one.words ? value : Number(value));
    });
    return policy;
  }

  let typing = 0;
  function changed() {
    clearTimeout(typing);
    typing = setTimeout(() => { Page.remember(read().changes, false); ask().catch(state.lost); }, 300);
  }

  // ---- the answer ----
  // One question at a time: what was changed meanwhile is asked after it.
  async function ask() {
    if (state.asking) { state.again = true; return; }
    state.asking = true;
    $('view-what-if').setAttribute('aria-busy', 'true');
    try {
      do {
        state.again = false;
        await once();
      } while (state.again);
    } finally {
      state.asking = false;
      $('view-what-if').setAttribute('aria-busy', 'false');
    }
  }

  async function once() {
    try {
      const answer = await Page.post('/api/what-if', read().policy);
      if (state.again) return;
      state.at = Date.now();
      wrong('');
      draw(answer);
    } catch (error) {
      if (!error.refused) throw error;
      if (error.later) { await new Promise((done) => setTimeout(done, error.later)); state.again = true; } else if (!state.again) wrong(error.message);
    }
  }

  function wrong(words) {
    text($('w-wrong'), words);
    $('w-wrong').hidden = !words;
  }

  function draw(answer) {
    const { outcome, jobOutcome } = answer;
    text($('w-basis'), outcome.spells
      ? `Over ${count(outcome.spells, 'life of a creative', 'lives of creatives')} that spent ${sumLine(outcome, 'spend')}; ${whole.format(outcome.ended)} of them were stopped by hand.`
      : 'No score is kept yet: they come with the next events.');
    Page.pairs($('w-figures'), [
      ['Money saved', sumCell(outcome, 'spendSaved'), 'Spent on creatives between the stop by these rules and the stop by hand'],
      ['Live creatives stopped in error', whole.format(outcome.live), 'Still running when the days ahead were over'],
      ['Spend lost by them', sumCell(outcome, 'spendLost'), 'What they spent after the stop by these rules'],
      ['Worth, by the costs', sumCell(outcome, 'net'), 'What was saved less what was lost, by the costs on the left']]);
    const line = (name, show) => [name, show(outcome), show(jobOutcome)];
    Page.rows($('w-rows'), [
      line('Stops', (o) => whole.format(o.stops)),
      line('right: stopped by hand later', (o) => whole.format(o.dead)),
      line('wrong: still running later', (o) => whole.format(o.live)),
      line('not known yet', (o) => whole.format(o.open)),
      line('Stopped by hand, missed by the rules', (o) => whole.format(o.missed)),
      line('Days before the stop by hand, on average', (o) => fixed(o.meanLeadDays, 1)),
      line('Money saved', (o) => sumCell(o, 'spendSaved')),
      line('Spend lost on live ones', (o) => sumCell(o, 'spendLost')),
      line('Worth, by the costs', (o) => sumCell(o, 'net')),
      line('Changes of advice', (o) => whole.format(o.changes)),
      line('Creatives whose advice changed twice in a week', (o) => whole.format(o.unsteady))]);
    const part = answer.kept > answer.scores ? ` of ${whole.format(answer.kept)}` : '';
    // Each currency by itself: what is best in one need not be in another.
    const proved = [...(Format.given(answer.bestThreshold) ? [[answer.bestThreshold, money(answer.bestWorth)]] : []),
      ...Object.entries(answer.bestThresholdIn || {}).map(([code, threshold]) => [threshold, money(answer.bestWorthIn[code], code)])];
    const best = proved.length
      ? ` Of all thresholds, ${proved.map(([threshold, worth]) => `stopping from ${percent(threshold)} on would have been worth most: ${worth}`).join('; ')}.`
      : ' No threshold has proved to be worth anything yet.';
    text($('w-fine'), `From the newest ${count(answer.scores, 'score', 'scores')}${part} that the dashboard keeps, each read as it was given.${part ? ' A part of the past: no question reads more.' : ''} The outcome of the job’s own rules is reckoned by its own costs.${best}`);
    Page.say(`Saved ${sumLine(outcome, 'spendSaved')}, ${count(outcome.live, 'live creative', 'live creatives')} stopped in error`);
  }

  async function load() {
    if (!state.policy) {
      try {
        const own = await Page.ask('/api/what-if');
        state.policy = own.policy;
        build();
        show(fromAddress(own.policy));
      } catch (error) {
        if (!error.refused) throw error;
        wrong(error.message);
        text($('w-basis'), '');
        return;
      }
    } else if (Date.now() - state.at < EVERY || document.activeElement && document.activeElement.closest('#w-form')) return;
    await ask();
  }

  function start(lost) {
    state.lost = lost;
    $('w-form').addEventListener('submit', (event) => event.preventDefault());
    $('w-reset').addEventListener('click', () => { if (!state.policy) return; show(state.policy); changed(); });
  }

  return { start, load };
})();
