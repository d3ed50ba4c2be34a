// The page: what is shown, and that it stays up to date.
'use strict';

(() => {
  const { $, text } = Page;
  const { whole, rate, percent, stamp } = Format;
  const STATES = { starting: 'Starting', running: 'Running', restarting: 'Restarting', failed: 'Failed', finished: 'Finished', stale: 'Silent', lost: 'No connection' };
  const VIEWS = ['creatives', 'portfolio', 'what-if', 'models'];
  const CHOICES_EVERY = 30000;
  const state = { revision: -1, summary: null, busy: false, again: false, view: 'creatives', choicesAt: 0 };

  // ---- top bar and banner ----
  function showSummary(summary) {
    state.summary = summary;
    const best = bestModel(summary);
    text($('f-rate'), rate(summary.scoresPerSecond));
    text($('f-time'), stamp(summary.eventTime));
    $('f-time').title = summary.eventTime ? `Delay behind real time: ${Format.delay(summary.eventTime)}` : '';
    text($('f-running'), whole.format(summary.creatives - summary.stopped));
    text($('f-models'), whole.format(summary.models.length));
    Shown.line($('f-c-model'), best && summary.models.length > 1 ? ['· ', { name: best.model }] : []);
    ['All', 'Short', 'Long'].forEach((part) => text($('f-' + part.toLowerCase()), best ? percent(best['concordance' + part]) : Format.NONE));
    Page.options($('model'), summary.models, 'All models');
    Page.options($('p-model'), summary.models, 'All models');
    Page.options($('m-model'), summary.metrics.map((m) => m.model));
    Actions.show(summary);
    Alerts.show(summary);
    showHealth(summary.health);
  }

  function bestModel(summary) {
    const chosen = summary.metrics.find((m) => m.model === $('model').value);
    return chosen || [...summary.metrics].sort((a, b) => b.judged - a.judged)[0];
  }

  function showHealth(health) {
    const shown = health.stale ? 'stale' : health.state;
    const down = health.state === 'failed' || health.state === 'restarting' || health.state === 'finished';
    setState(shown);
    if (shown === 'stale' && health.warnings.length) text($('state-text'), 'In trouble');
    if (down) banner(`The job is not running: ${health.message || STATES[health.state].toLowerCase()}`, health.state === 'failed');
    else if (health.warnings.length) banner(health.warnings.map((w) => `Since ${stamp(w.since)} UTC: ${w.text}`).join('; '), false);
    else if (health.stale) banner(`No scores since ${stamp(health.lastEvent)} UTC: what is shown may be out of date.`, false);
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

  // ---- keeping up ----
  async function refresh(fresh) {
    if (state.busy) { state.again = state.again || Boolean(fresh); return; }
    state.busy = true;
    try {
      await load(fresh);
    } catch (error) { lost(error); }
    state.busy = false;
    if (state.again) { state.again = false; refresh(true); }
  }

  async function load(fresh) {
    if (!state.summary) return;
    if (state.view === 'creatives') {
      if (Date.now() - state.choicesAt > CHOICES_EVERY) { state.choicesAt = Date.now(); await List.loadChoices(); }
      const creatives = await List.load(fresh);
      if (Creative.none() && !Creative.narrow() && creatives.length) await Creative.choose(creatives[0], false);
      else await Creative.load();
    }
    if (state.view === 'portfolio') await Portfolio.load(state.summary);
    if (state.view === 'what-if') await WhatIf.load();
    if (state.view === 'models') await Health.load(state.summary);
  }

  function tick(summary) {
    showSummary(summary);
    const clocks = state.view === 'models';
    if (summary.revision !== state.revision || List.released() || clocks) { state.revision = summary.revision; refresh(false); }
  }

  function lost(error) {
    if (error.refused) { banner(error.message, true); return; }
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

  // ---- views ----
  function showView(name) {
    state.view = VIEWS.includes(name) ? name : 'creatives';
    VIEWS.forEach((one) => {
      const chosen = one === state.view;
      $('view-' + one).hidden = !chosen;
      $('tab-' + one).setAttribute('aria-selected', String(chosen));
      $('tab-' + one).tabIndex = chosen ? 0 : -1;
    });
    refresh(true);
  }

  function chooseView(name) {
    Page.remember({ view: name === 'creatives' ? '' : name }, true);
    showView(name);
  }

  function fromAddress() {
    List.fromAddress();
    Portfolio.fromAddress();
    showView(Page.address().get('view') || 'creatives');
    Creative.fromAddress().catch(lost);
  }

  function walkTabs(event, i) {
    const to = { ArrowLeft: i - 1, ArrowRight: i + 1, Home: 0, End: VIEWS.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const name = VIEWS[(to + VIEWS.length) % VIEWS.length];
    chooseView(name);
    $('tab-' + name).focus();
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
    const open = (score) => Creative.choose(score, true).catch(lost);
    List.start(open, () => refresh(true));
    Creative.start(open);
    Actions.start(() => refresh(true));
    Alerts.start((about) => { showView('creatives'); open(about); });
    Portfolio.start(() => refresh(true));
    WhatIf.start(lost);
    Health.start(() => refresh(true));
    VIEWS.forEach((one, i) => {
      $('tab-' + one).addEventListener('click', () => chooseView(one));
      $('tab-' + one).addEventListener('keydown', (event) => walkTabs(event, i));
    });
    window.addEventListener('popstate', fromAddress);
    Page.remember({}, false);
    fromAddress();
    listen();
  }

  start();
})();
