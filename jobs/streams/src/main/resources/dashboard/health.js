// The models and the job behind them: whether they keep up and what they refused.
'use strict';

const Health = (() => {
  const { $, text } = Page;
  const { whole, short, fixed, rate, percent, stamp, span } = Format;
  const state = { metricsAt: '' };

  async function load(summary) {
    drawJob(summary);
    $('m-none').hidden = summary.metrics.length > 0;
    Page.rows($('m-rows'), summary.metrics.map(line));
    drawDead(summary.deadLetters);
    const newest = summary.metrics.find((m) => m.model === $('m-model').value);
    drawExperts((newest && newest.experts) || []);
    drawCoverage((newest && newest.coverage) || []);
    if (!newest || state.metricsAt === newest.model + newest.at) return;
    state.metricsAt = newest.model + newest.at;
    draw((await Page.ask('/api/metrics?model=' + encodeURIComponent(newest.model))).metrics);
  }

  function drawJob(summary) {
    const health = summary.health;
    const now = Date.now();
    const ago = (iso) => iso ? span((now - Date.parse(iso)) / 1000) : Format.NONE;
    Page.pairs($('h-figures'), [
      ['Delay behind real time', Format.delay(summary.eventTime), `The newest event happened ${stamp(summary.eventTime)} UTC (event time)`],
      ['Events that wait', Page.given(health.inputLag) ? whole.format(health.inputLag) : Format.NONE, 'Records of the input topics that the newest checkpoint does not cover (lag)'],
      ['Scores a second', rate(summary.scoresPerSecond), 'Over the last ten seconds'],
      ['Last score', health.lastEvent ? `${ago(health.lastEvent)} ago` : Format.NONE, health.lastEvent ? `${stamp(health.lastEvent)} UTC` : 'None yet'],
      ['Last saved', health.checkpoint ? `${ago(health.checkpoint)} ago` : Format.NONE, health.checkpoint ? `The newest checkpoint is of ${stamp(health.checkpoint)} UTC: after a failure the job goes on from there` : 'No checkpoint is known yet'],
      ['In this state for', ago(health.since), 'How long the job has been in the state that is told at the top'],
      ['Restarts in this run', whole.format(health.restarts.count), health.restarts.count ? `Last ${stamp(health.restarts.last)} UTC: ${health.restarts.reason}` : 'None']]);
  }

  function line(m) {
    return [m.model, ...[m.modelVersion, m.personPeriods, m.discontinuations, m.running].map((v) => whole.format(v)),
      fixed(m.loss, 3), percent(m.concordanceAll), percent(m.concordanceShort), percent(m.concordanceLong),
      whole.format(m.judged), percent(m.unknownShare), fixed(m.embeddingRank, 1), whole.format(m.duplicates), whole.format(m.deadLetters)];
  }

  function drawDead(letters) {
    const entries = Object.entries(letters).sort((a, b) => b[1] - a[1]);
    $('dead-none').hidden = entries.length > 0;
    $('m-dead').hidden = !entries.length;
    Page.rows($('m-dead-rows'), entries.map(([reason, n]) => [reason.replaceAll('_', ' '), whole.format(n)]));
  }

  // All combined have no share of their own: what counts by way of them is counted as each one's.
  function drawExperts(experts) {
    $('m-experts').hidden = !experts.length;
    Page.rows($('m-expert-rows'), experts.map((e) => [e.expert === 'together' ? 'all together' : e.expert,
      ...[e.launch, e.later].map((v) => e.expert === 'together' ? Format.NONE : percent(v)), fixed(e.loss, 3)]));
  }

  function drawCoverage(coverage) {
    const judged = coverage.filter((c) => c.judged > 0);
    $('m-coverage').hidden = !judged.length;
    Page.rows($('m-coverage-rows'), judged.map((c) => [c.said === 'launch' ? 'At launch' : 'Later', whole.format(c.judged), percent(c.level),
      ...[c.held, c.lowestGroup, c.highestGroup, c.below, c.above, c.open].map((v) => percent(v))]));
  }

  function draw(metrics) {
    const series = [
      ['c-loss', 'loss', 'Learning error', (v) => fixed(v, 3), {}],
      ['c-version', 'modelVersion', 'Steps learned', (v) => v === null ? Format.NONE : short.format(v), { min: 0, scale: false }],
      ['c-rank', 'embeddingRank', 'Diversity', (v) => fixed(v, 1), { min: 0, scale: false }]];
    series.forEach(([id, field, name, format, axis]) => {
      const data = metrics.map((m) => [m.at, Page.given(m[field]) ? m[field] : null]);
      Charts.lines(id, [{ name: name.toLowerCase(), color: 's1', data }], format, axis);
      Page.sheet(id, `${name} over time`, ['Time, UTC', name], () => [...data].reverse().slice(0, 100).map(([at, v]) => [stamp(at), format(v)]));
    });
  }

  function start(changed) {
    $('m-model').addEventListener('change', () => { state.metricsAt = ''; changed(); });
  }

  return { start, load };
})();
