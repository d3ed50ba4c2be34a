// The portfolio: what the running creatives cost, how much of it is at risk, and how far the models can be trusted.
'use strict';

const Portfolio = (() => {
  const { $, sumCell, text } = Page;
  const { whole, money, percent, inDays } = Format;
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
    Shown.line($('p-shown'), summary.metrics.length > 1 ? ['· ', { name: shown.model }] : []);
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
      ['Expected waste now', sumCell(all, 'expectedWaste'), 'Money that running creatives are expected to spend in vain until their next check, if they run on'],
      ['Spend a day', sumCell(all, 'spending'), 'What running creatives spend in a day, by their newest reported period'],
      ['of it at risk', sumCell(all, 'atRisk'), `Spend a day of each creative, times its chance to be stopped within ${inDays(portfolio.within)}`]];
    // The models add up money as numbers: of several currencies that is no money.
    const [currency, ...others] = currencies(all);
    if (decisions.length) {
      if (!others.length) entries.push(
        ['Advice worth so far', money(sum('worth'), currency), 'What following each first advice to stop or refresh would have saved, less what it would have lost, by the job’s costs. Advice whose outcome is not known yet counts nothing'],
        ['saved by it', money(sum('avoidable'), currency), 'Spent after the advice by creatives that were stopped by hand within the policy’s horizon'],
        ['lost by it', money(sum('lost'), currency), 'Spent after the advice by creatives that still ran when the policy’s horizon was over: stopping them would have lost it']);
      entries.push(
        ['Advised to stop or refresh', whole.format(sum('advised')), 'Creatives, each by its first such advice since it was launched'],
        ['right', whole.format(sum('right')), 'Stopped by hand within the policy’s horizon after the advice'],
        ['wrong', whole.format(sum('wrong')), 'Still running when the policy’s horizon was over'],
        ['not known yet', whole.format(sum('open')), 'The policy’s horizon is not over yet, or the creative was lost from sight']);
      // Each model has its own: that of the one chosen, or of the one that was judged by most.
      const proved = metrics.filter((m) => m.decisions && m.decisions.bestThreshold > 0).sort((a, b) => b.judged - a.judged)[0];
      if (proved && !others.length) entries.push(['Best threshold so far', percent(proved.decisions.bestThreshold), `Model ${proved.model}: stopping creatives whose chance of a stop is this or more would have been worth most, ${money(proved.decisions.bestWorth, currency)}`]);
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
    text($('p-within'), `Risk: the chance of a stop within ${inDays(portfolio.within)}.`);
    drawSpend();
  }

  function drawConcordance() {
    const of = (field) => state.metrics.map((m) => [m.at, m[field]]);
    Charts.lines('c-concordance', [
      { name: 'all', color: 's1', data: of('concordanceAll'), mark: 0.5 }, { name: 'early', color: 's2', data: of('concordanceShort') },
      { name: 'late', color: 's3', data: of('concordanceLong') }], percent, { interval: 0.1, min: (v) => Math.min(0.4, Math.floor(v.min * 10) / 10), max: (v) => Math.max(0.7, Math.min(1, Math.ceil(v.max * 10) / 10)) });
    Page.sheet('c-concordance', 'Pairs of creatives ranked right', ['Time, UTC', 'All', 'Early stops', 'Late stops'],
      () => [...state.metrics].reverse().slice(0, 100).map((m) => [Format.stamp(m.at), percent(m.concordanceAll), percent(m.concordanceShort), percent(m.concordanceLong)]));
  }

  function drawCalibration() {
    const newest = state.metrics[state.metrics.length - 1];
    const all = (newest && newest.calibration) || [];
    const judged = all.filter((c) => c.bins.length);
    $('calibration-none').hidden = judged.length > 0;
    $('c-calibration').hidden = !judged.length;
    Page.options($('p-horizon'), judged.map((c) => String(c.days)));
    [...$('p-horizon').options].forEach((o) => text(o, `within ${inDays(Number(o.value))}`));
    $('p-horizon').closest('label').hidden = judged.length < 2;
    const shown = judged.find((c) => String(c.days) === $('p-horizon').value) || judged[0];
    if (!shown) { text($('p-error'), ''); return; }
    text($('p-error'), `On average ${percent(shown.error)} apart${Page.given(shown.rawError) ? ` (before calibration ${percent(shown.rawError)})` : ''}, over ${Format.count(shown.judged, 'judged answer', 'judged answers')}.`);
    Charts.calibration('c-calibration', shown.bins);
    Page.sheet('c-calibration', 'Chance told, and how often it came true', ['Told', 'Came true', 'Answers'], () => shown.bins.map((b) => [percent(b.predicted), percent(b.observed), whole.format(b.weight)]));
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
