// The bell: what the rules of the job file told, and how sending it goes.
'use strict';

const Alerts = (() => {
  const { $, make, text } = Page;
  const { stamp } = Format;
  const SEEN = 'kedge-alerts-seen';
  const state = { newest: '', open: () => {} };

  const seen = () => localStorage.getItem(SEEN) || '';

  function show(summary) {
    const alerts = summary.alerts;
    $('bell').hidden = !alerts;
    if (!alerts) return;
    state.newest = alerts.newest || '';
    text($('bell-count'), alerts.open > 99 ? '99+' : alerts.open);
    $('bell-count').hidden = !alerts.open;
    $('bell').classList.toggle('news', state.newest > seen());
    $('bell').setAttribute('aria-label', `Alerts: ${alerts.open} open${state.newest > seen() ? ', new ones among them' : ''}`);
    if ($('alerts').open && state.newest !== $('alerts').dataset.newest) load();
  }

  async function load() {
    $('alerts').dataset.newest = state.newest;
    try {
      draw(await Page.ask('/api/alerts'));
    } catch (error) { text($('alerts-none'), error.message); $('alerts-none').hidden = false; }
  }

  function draw(answer) {
    $('alerts-none').hidden = answer.alerts.length > 0;
    $('alerts-list').replaceChildren(...answer.alerts.map(line));
    const hook = answer.webhook;
    $('alerts-hook').hidden = !hook;
    if (!hook) return;
    text($('alerts-hook'), `Web hook: ${hook.sent} sent, ${hook.waiting} waiting, ${hook.dropped} dropped${hook.trouble ? `; ${hook.trouble}` : ''}.`);
    $('alerts-hook').classList.toggle('wrong', Boolean(hook.trouble));
  }

  function line(alert) {
    const node = make('li', alert.ended ? 'ended' : '');
    const words = make(alert.about ? 'button' : 'p', 'said', alert.text);
    words.dir = 'auto';
    if (alert.about) {
      words.type = 'button';
      words.addEventListener('click', () => { $('alerts').close(); state.open({ model: alert.about.model, creative: alert.about.creative }); });
    }
    const time = make('time', 'muted', alert.ended ? `${stamp(alert.at)} UTC · over since ${stamp(alert.ended)}` : `${stamp(alert.at)} UTC · holds`);
    time.dateTime = alert.at;
    node.append(words, time);
    return node;
  }

  function start(open) {
    state.open = open;
    $('bell').addEventListener('click', () => {
      $('alerts').showModal();
      if (state.newest) localStorage.setItem(SEEN, state.newest);
      $('bell').classList.remove('news');
      load();
    });
    $('alerts-close').addEventListener('click', () => $('alerts').close());
    $('alerts').addEventListener('click', (event) => { if (event.target === $('alerts')) $('alerts').close(); });
    $('alerts').addEventListener('keydown', (event) => event.stopPropagation());
  }

  return { start, show };
})();
