// The portfolio: what the running creatives cost, how much of it is at risk, and how far the models can be trusted.
'use strict';

const Portfolio = (() => {
  const { $, whole, money, sumCell, fixed, text } = Page;
  const { percent, day } = Charts;
  const ORDER = ['stop', 'refresh', 'watch', 'keep', 'unknown'];
  const state = { metricsAt: '', metrics: [], portfolio: null };
  // The currencies that its money is in, of all that has none the empty one.
  const currencies = (share) => { const codes = Object.keys(share.spentIn || {}); return codes.length && !share.spent && !share.spending ? codes : ['', ...codes]; };
  const part = (share, field, currency) => currency ? (share[field + 'In'] || {})[currency] || 0 : share[field];

  async function load(summary) {
    const model = $('p-model').value;
    const portfolio = await Page.ask('/api/portfolio' + (model ? '?model=' + encodeURIComponent(model) : ''));
    const chosen = summary.metrics.filter((m) => !model || m.model === model);
    drawFigures(portfolio, chosen);
    drawActions(portfolio);
    const shown = chosen.find((m) => m.model === model) || [...chosen].sort((a, b) => b.judged - a.judged)[0];
    if (!shown) return;
    Shown.line($('p-shown'), summary.metrics.length > 1 ? ['of ', { name: shown.model }] : []);
    if (state.metricsAt === shown.model + shown.at) return;
    state.metricsAt = shown.model + shown.at;
    state.metrics = (await Page.ask('/api/metrics?model=' + encodeURIComponent(shown.model))).metrics;
    drawConcordance();
    drawCalibration();
  }

  function drawFigures(portfolio, metrics) {
    const all = portfolio.total;
    const decisions = metrics.map((m) => m.decisions).filter(Boolean);
    const sum = (field) => decisions.reduce((to, d) => to + (d[field] || 0), 0);
    const entries = [
      ['Expected waste now', sumCell(all, 'expectedWaste'), 'Money that running creatives are expected to spend in vain until their next check'],
      ['Spend a day', sumCell(all, 'spending'), 'What running creatives spend in a day, by their newest reported period'],
      ['of it at risk', sumCell(all, 'atRisk'), `Each creative's spend times its probability to be stopped within ${day(portfolio.within)} days`]];
    // The models add up money as numbers: of several currencies that is no money.
    const [currency, ...others] = currencies(all);
    if (decisions.length) {
      if (!others.length) entries.push(
        ['Advice worth so far', money(sum('worth'), currency), 'What following each first advice to stop or refresh would have saved, less what it would have lost, by the job’s costs. What is not known yet counts nothing'],
        ['saved by it', money(sum('avoidable'), currency), 'Spent between the advice and the stop by hand, where that came within the policy’s horizon'],
        ['lost by it', money(sum('lost'), currency), 'Spent after the advice by creatives that still ran when the horizon was over']);
      entries.push(
        ['Advised to stop or refresh', whole.format(sum('advised'))],
        ['right', whole.format(sum('right')), 'Stopped by hand within the policy’s horizon after the advice'],
        ['wrong', whole.format(sum('wrong')), 'Still running when the horizon was over'],
        ['not known yet', whole.format(sum('open')), 'The horizon is not over, or the creative was lost from sight']);
      // Each model has its own: that of the one chosen, or of the one that was judged by most.
      const proved = metrics.filter((m) => m.decisions && m.decisions.bestThreshold > 0).sort((a, b) => b.judged - a.judged)[0];
      if (proved && !others.length) entries.push(['Best threshold so far', percent(proved.decisions.bestThreshold), `Model ${proved.model}: of all thresholds, stopping from here on would have been worth most, ${money(proved.decisions.bestWorth, currency)}`]);
    }
    Page.pairs($('p-figures'), entries);
  }

  // Bars of one currency: no axis has several.
  function drawSpend() {
    const { actions, total } = state.portfolio;
    const known = currencies(total);
    Page.options($('p-currency'), known);
    [...$('p-currency').options].forEach((o) => text(o, o.value ? Shown.plain(`in ${o.value}`) : 'without a currency'));
    $('p-currency').closest('label').hidden = known.length < 2;
    const currency = $('p-currency').value;
    Charts.bars('c-spend', ORDER.map((action) => ({ name: Page.ACTIONS[action], color: action, parts: [part(actions[action], 'atRisk', currency), part(actions[action], 'spending', currency)] })), ['at risk', 'not'], (v) => money(v, currency));
  }

  function drawActions(portfolio) {
    state.portfolio = portfolio;
    const line = (head, s) => [head, whole.format(s.creatives), percent(s.probability), ...['spent', 'spending', 'atRisk', 'expectedWaste'].map((field) => sumCell(s, field))];
    Page.rows($('p-actions'), [...ORDER.map((action) => line(Page.chip(action), portfolio.actions[action])), line('All', portfolio.total)]);
    text($('p-within'), `Probability and risk are those of a stop within ${day(portfolio.within)} days.`);
    drawSpend();
  }

  function drawConcordance() {
    const of = (field) => state.metrics.map((m) => [m.at, m[field]]);
    Charts.lines('c-concordance', [
      { name: 'all', color: 's1', data: of('concordanceAll'), mark: 0.5 }, { name: 'short', color: 's2', data: of('concordanceShort') },
      { name: 'long', color: 's3', data: of('concordanceLong') }], (v) => fixed(v, 3), { interval: 0.1, min: (v) => Math.min(0.4, Math.floor(v.min * 10) / 10), max: (v) => Math.max(0.7, Math.min(1, Math.ceil(v.max * 10) / 10)) });
    Page.sheet('c-concordance', 'Concordance over event time', ['Time, UTC', 'All', 'Short', 'Long'],
      () => [...state.metrics].reverse().slice(0, 100).map((m) => [Page.stamp(m.at), fixed(m.concordanceAll, 3), fixed(m.concordanceShort, 3), fixed(m.concordanceLong, 3)]));
  }

  function drawCalibration() {
    const newest = state.metrics[state.metrics.length - 1];
    const all = (newest && newest.calibration) || [];
    const judged = all.filter((c) => c.bins.length);
    $('calibration-none').hidden = judged.length > 0;
    $('c-calibration').hidden = !judged.length;
    Page.options($('p-horizon'), judged.map((c) => String(c.days)));
    [...$('p-horizon').options].forEach((o) => text(o, `within ${day(Number(o.value))} d`));
    $('p-horizon').closest('label').hidden = judged.length < 2;
    const shown = judged.find((c) => String(c.days) === $('p-horizon').value) || judged[0];
    if (!shown) { text($('p-error'), ''); return; }
    text($('p-error'), `Mean gap ${percent(shown.error, 1)}${Page.given(shown.rawError) ? `, before calibration ${percent(shown.rawError, 1)}` : ''}, over ${Page.count(shown.judged, 'judged answer', 'judged answers')}.`);
    Charts.calibration('c-calibration', shown.bins);
    Page.sheet('c-calibration', 'Told and observed probability', ['Told', 'Observed', 'Answers'], () => shown.bins.map((b) => [percent(b.predicted, 1), percent(b.observed, 1), fixed(b.weight, 0)]));
  }

  function start(changed) {
    $('p-model').addEventListener('change', () => { delete $('p-model').dataset.wanted; state.metricsAt = ''; Page.remember({ portfolio: $('p-model').value }, false); changed(); });
    $('p-horizon').addEventListener('change', drawCalibration);
    $('p-currency').addEventListener('change', drawSpend);
  }

  function fromAddress() {
    const wanted = Page.address().get('portfolio') || '';
    $('p-model').dataset.wanted = wanted;
    $('p-model').value = wanted;
  }

  return { start, load, fromAddress };
})();
