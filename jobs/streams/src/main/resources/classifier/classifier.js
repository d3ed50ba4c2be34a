// The classifier's page. Text from data is only ever set as text.
'use strict';

(() => {
  const { $, whole, text, fixed, make, series } = Learner;
  const { percent } = Format;
  const SHARES = { min: 0, max: 1, interval: 0.25, scale: false };

  function showSummary(summary) {
    const chosen = Learner.choose(summary.models.map((m) => m.model));
    const model = summary.models.find((m) => m.model === chosen);
    text($('f-rate'), Learner.rate(summary.scoresPerSecond));
    text($('f-window'), model ? percent(model.windowAccuracy) : '–');
    text($('f-accuracy'), model ? percent(model.accuracy) : '–');
    text($('f-forgetting'), model ? percent(model.forgetting) : '–');
    text($('f-classes'), model ? whole.format(model.classes.length) : '–');
    text($('f-judged'), model ? whole.format(model.judged) : '–');
    text($('f-waiting'), model ? whole.format(model.waiting) : '–');
    Learner.showHealth(summary.health);
    if (model) { showClasses(model); showCounts(model, summary.deadLetters); }
  }

  function showClasses(model) {
    $('classes').replaceChildren(...model.classes.map((c) => {
      const row = make('tr');
      row.append(make('td', '', c.label), make('td', 'num', percent(c.accuracy)), make('td', 'num', percent(c.best)),
        make('td', 'num', percent(c.forgetting)), make('td', 'num', whole.format(c.judged)), make('td', 'num', whole.format(c.learned)), make('td', 'num', whole.format(c.stored)));
      return row;
    }));
  }

  function showCounts(model, letters) {
    Learner.showCounts([['Samples', model.samples], ['Labels that wait', model.early], ['Samples that wait', model.waiting], ['Waited in vain', model.expired],
      ['Duplicates', model.duplicates], ['Steps', model.modelVersion], ['Steps refused', model.stepsRefused]], letters);
  }

  // ---- charts over event time ----
  function classSeries(points, of) {
    const labels = [...new Set(points.flatMap((p) => p.classes.map((c) => c.label)))].sort();
    return labels.map((label, i) => ({ name: Shown.plain(label), color: 'c' + (i % 10),
      data: points.map((p) => { const c = p.classes.find((one) => one.label === label); return [p.at, c ? of(c) : null]; }) }));
  }

  function showHistory(points) {
    if (!points.length) return;
    const share = (v) => percent(v);
    Charts.lines('c-accuracy', [
      { name: 'newest', color: 's1', data: series(points, (p) => p.windowAccuracy), area: true },
      { name: 'since the start', color: 's2', data: series(points, (p) => p.accuracy) }], share, SHARES);
    Charts.lines('c-byclass', classSeries(points, (c) => c.accuracy), share, SHARES);
    Charts.stacked('c-memory', classSeries(points, (c) => c.stored), (v) => whole.format(v));
    Charts.lines('c-rank', [{ name: 'rank', color: 's3', data: series(points, (p) => p.rank) }], (v) => fixed(v, 1), { min: 0, scale: false });
    Charts.lines('c-loss', [{ name: 'loss', color: 's2', data: series(points, (p) => p.loss) }], (v) => fixed(v, 2));
  }

  // ---- samples ----
  function sample(model, one) {
    const item = make('li');
    item.dataset.correct = String(one.correct);
    if (one.picture) {
      const picture = make('img');
      picture.alt = '';
      // It may have made room for others meanwhile.
      picture.addEventListener('error', () => picture.replaceWith(make('span', 'blank')));
      picture.src = '/api/picture?' + new URLSearchParams({ model, id: one.id });
      item.append(picture);
    } else item.append(make('span', 'blank'));
    const said = make('div');
    one.ranked.slice(0, 3).forEach((r) => {
      const line = make('div', 'answer');
      line.append(make('span', '', r.label), make('span', '', percent(r.probability)));
      said.append(line);
    });
    if (!one.ranked.length) said.append(make('div', 'answer', 'knows no class yet'));
    const truth = make('div', 'truth');
    Shown.line(truth, one.label === null ? ['label not known yet'] : [one.correct ? '✓ ' : '✗ is ', { name: one.label }]);
    said.append(truth);
    item.append(said);
    return item;
  }

  async function load(model) {
    const [history, newest] = await Promise.all([Learner.get('/api/metrics', { model }), Learner.get('/api/samples', { model })]);
    showHistory(history.metrics);
    $('samples-none').hidden = newest.samples.length > 0;
    $('samples').replaceChildren(...newest.samples.map((one) => sample(model, one)));
  }

  Learner.start({ show: showSummary, load: () => Learner.fill(load) });
})();
