// The models and the job behind them: whether they keep up and what they refused.
'use strict';

const Health = (() => {
  const { $, whole, short, fixed, text, stamp, span } = Page;
  const { percent } = Charts;
  const state = { metricsAt: '' };

  async function load(summary) {
    drawJob(summary);
    $('m-none').hidden = summary.metrics.length > 0;
    Page.rows($('m-rows'), summary.metrics.map(line));
    drawDead(summary.deadLetters);
    const newest = summary.metrics.find((m) => m.model === $('m-model').value);
    if (!newest || state.metricsAt === newest.model + newest.at) return;
    state.metricsAt = newest.model + newest.at;
    draw((await Page.ask('/api/metrics?model=' + encodeURIComponent(newest.model))).metrics);
  }

  function drawJob(summary) {
    const health = summary.health;
    const now = Date.now();
    const ago = (iso) => iso ? span((now - Date.parse(iso)) / 1000) : '–';
    Page.pairs($('h-figures'), [
      ['Scores a second', summary.scoresPerSecond < 10 ? fixed(summary.scoresPerSecond, 1) : short.format(Math.round(summary.scoresPerSecond)), 'Over the last ten seconds'],
      ['Event time behind the clock', ago(summary.eventTime), `Newest event time ${stamp(summary.eventTime)} UTC`],
      ['Input records not read', Page.given(health.inputLag) ? whole.format(health.inputLag) : '–', 'Records of the input topics that the newest checkpoint does not cover'],
      ['Since the last checkpoint', ago(health.checkpoint), health.checkpoint ? `${stamp(health.checkpoint)} UTC` : 'Not known'],
      ['Since the last score', ago(health.lastEvent)],
      ['In this state', ago(health.since)],
      ['Restarts in this run', whole.format(health.restarts.count), health.restarts.count ? `Last ${stamp(health.restarts.last)} UTC: ${health.restarts.reason}` : 'None']]);
  }

  function line(m) {
    return [m.model, ...[m.modelVersion, m.personPeriods, m.discontinuations, m.running].map((v) => whole.format(v)),
      fixed(m.loss, 4), fixed(m.concordanceAll, 3), fixed(m.concordanceShort, 3), fixed(m.concordanceLong, 3),
      whole.format(m.judged), percent(m.unknownShare), fixed(m.embeddingRank, 1), whole.format(m.duplicates), whole.format(m.deadLetters)];
  }

  function drawDead(letters) {
    const entries = Object.entries(letters).sort((a, b) => b[1] - a[1]);
    $('dead-none').hidden = entries.length > 0;
    $('m-dead').hidden = !entries.length;
    Page.rows($('m-dead-rows'), entries.map(([reason, n]) => [reason, whole.format(n)]));
  }

  function draw(metrics) {
    const series = [
      ['c-loss', 'loss', 'Loss', (v) => fixed(v, 3), {}],
      ['c-version', 'modelVersion', 'Model version', (v) => v === null ? '–' : short.format(v), { min: 0, scale: false }],
      ['c-rank', 'embeddingRank', 'Embedding rank', (v) => fixed(v, 1), { min: 0, scale: false }]];
    series.forEach(([id, field, name, format, axis]) => {
      const data = metrics.map((m) => [m.at, Page.given(m[field]) ? m[field] : null]);
      Charts.lines(id, [{ name: name.toLowerCase(), color: 's1', data }], format, axis);
      Page.sheet(id, `${name} over event time`, ['Time, UTC', name], () => [...data].reverse().slice(0, 100).map(([at, v]) => [stamp(at), format(v)]));
    });
  }

  function start(changed) {
    $('m-model').addEventListener('change', () => { state.metricsAt = ''; changed(); });
  }

  return { start, load };
})();
