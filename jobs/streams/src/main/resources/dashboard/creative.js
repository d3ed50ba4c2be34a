// One creative: what it has to expect, and why.
'use strict';

const Creative = (() => {
  const { $, make, text } = Page;
  const { whole, money, percent, points, stamp, date, days: inDays, fixed, since } = Format;
  const CAUSES = { launch: 'its launch', statistics: 'new statistics', interval: 'time that passed', reactivation: 'its second start', discontinuation: 'its stop' };
  const GROUPS = { 'text': 'Text', 'categories': 'Categories', 'embedding': 'Image', 'delivery': 'Delivery', 'click-through': 'Click rate', 'timing': 'Timing', 'facts': 'Facts', "advertiser's past": "Advertiser's past" };
  const TIES = { identity: 'the same, by your own id', same: 'the same', alike: 'alike' };
  const state = { chosen: null, drawn: '', twins: '', open: () => {} };
  const narrow = () => matchMedia('(max-width: 1000px)').matches;

  // byHand: a person chose it, so on a small screen it opens over the list, and the address keeps it.
  function choose(score, byHand) {
    state.chosen = { model: score.model, creative: score.creative };
    state.drawn = '';
    List.mark(List.key(score));
    if (byHand) Page.remember({ of: score.model, creative: score.creative }, true);
    if (byHand && narrow()) show();
    return load();
  }

  function show() {
    $('detail').classList.add('open');
    document.body.classList.add('held');
    $('back').focus();
  }

  function close(byHand) {
    if (!$('detail').classList.contains('open')) return;
    $('detail').classList.remove('open');
    document.body.classList.remove('held');
    if (byHand) Page.remember({ of: '', creative: '' }, true);
    List.focusChosen();
  }

  function fromAddress() {
    const now = Page.address();
    if (!now.get('of') || !now.get('creative')) { close(false); return Promise.resolve(false); }
    const wanted = { model: now.get('of'), creative: now.get('creative') };
    const same = state.chosen && state.chosen.model === wanted.model && state.chosen.creative === wanted.creative;
    if (narrow()) show();
    return (same ? load() : choose(wanted, false)).then(() => true);
  }

  async function load() {
    const wanted = state.chosen;
    if (!wanted || (narrow() && !$('detail').classList.contains('open'))) return;
    let score;
    try {
      score = await Page.ask('/api/creative?' + new URLSearchParams(wanted));
    } catch (error) {
      if (error.refused && wanted === state.chosen) drawMissing(wanted);
      if (error.refused) return;
      throw error;
    }
    const version = List.key(score) + score.at + score.cause + JSON.stringify(score.duplicates || '');
    if (wanted !== state.chosen) return;
    Actions.draw(score);
    if (version === state.drawn) return;
    if (state.drawn === '') $('detail').scrollTop = 0;
    state.drawn = version;
    draw(score);
  }

  function drawMissing(wanted) {
    $('d-body').hidden = true;
    $('d-empty').hidden = false;
    Shown.line($('d-empty-title'), [{ name: wanted.creative }, ' is not on the board']);
    text($('d-empty-hint'), 'It was not scored yet, or was stopped long ago. Choose another one in the list.');
    state.drawn = '';
  }

  function draw(score) {
    $('d-empty').hidden = true;
    $('d-body').hidden = false;
    const days = since(score.launchedAt, score.at);
    text($('d-text'), score.text || score.creative);
    Shown.line($('d-meta'), Shown.list([score.advertiser, score.campaign, score.creative, score.model, `${score.spell ? 'launched again' : 'launched'} ${stamp(score.launchedAt)}`, score.spell ? `run ${score.spell + 1}` : ''].filter(Boolean)));
    Page.setChip($('d-action'), score.action);
    drawCard(score.card);
    text($('d-reason'), score.reason);
    $('d-reason').hidden = !score.reason;
    $('d-reason').dataset.action = score.action;
    drawKpis(score, days);
    drawSurvival(score, days);
    drawHorizons(score);
    drawCauses(score);
    drawWhy(score.contributions);
    drawHistory(score);
    drawTotals(score);
    drawTwins(score);
    $('d-steps').replaceChildren(...[...score.actions].reverse().slice(0, 8).map(step));
    text($('d-fine'), `Last scored ${stamp(score.at)} UTC after ${CAUSES[score.cause]}, with statistics up to ${stamp(score.featureTime)}, by version ${whole.format(score.modelVersion)} of the model.`);
  }

  function drawKpis(score, days) {
    const entries = [];
    if (score.action !== 'stopped' && score.action !== 'lost') {
      entries.push(['Projected stop', projected(score), Columns.stopWords(score)]);
      entries.push(['Stops between', between(score), Columns.betweenWords(score)]);
      const near = [...score.horizons].sort((a, b) => Math.abs(a.days - score.within) - Math.abs(b.days - score.within))[0];
      if (near) entries.push([`Stops within ${inDays(near.days)} d`, percent(near.probability), 'Chance to be stopped by then, calibrated']);
      if (Format.given(score.expectedWaste)) entries.push(['Expected waste', money(score.expectedWaste, score.currency), 'Money expected to be spent in vain until the next check if it runs on']);
      entries.push(['Early stop', percent(score.cutOut), 'Chance to be stopped early, in its first days (cut-out)'], ['Wears out', percent(score.wearOut), 'Chance to be stopped later, because it has worn out (wear-out)']);
      entries.push(['Days left', inDays(score.expectedDays), 'Days expected still to run (restricted mean survival)']);
    } else entries.push([score.action === 'lost' ? 'Lost from sight' : 'Stopped', date(score.at)]);
    entries.splice(4, 0, ['Days run', inDays(days)]);
    Page.pairs($('d-kpis'), entries);
  }

  // The day by which half of such creatives are stopped, and the span in which eight of ten are.
  function projected(score) {
    const [day, span] = Columns.stopDate(score);
    const node = make('span', 'sums');
    node.append(make('span', '', day), make('small', '', day === 'not before' ? '' : span));
    if (day === 'not before') text(node.firstChild, `not before ${span}`);
    return node;
  }

  // The days between which it stops, as often as the job promises.
  function between(score) {
    const days = Columns.stopsBetween(score);
    if (!days) return 'unknown';
    return days[1] ? `${days[0]} and ${days[1]}` : `${days[0]} and later`;
  }

  // What it looks like. A picture that does not come is none.
  function drawCard(card) {
    const picture = card && card.picture && card.picture.startsWith('/api/picture?') ? card.picture : '';
    const words = card && card.text || '';
    $('d-card').hidden = !card;
    const image = $('d-picture');
    image.hidden = !picture;
    if (picture && image.getAttribute('src') !== picture) { image.width = card.width; image.height = card.height; image.src = picture; }
    // The title says it already, where it is short.
    text($('d-words'), words);
    $('d-words').hidden = !words || words === $('d-text').textContent;
    if (!picture && $('d-words').hidden) $('d-card').hidden = true;
  }

  function drawSurvival(score, days) {
    Charts.survival(score, days);
    const band = score.lower && score.lower.length;
    Page.sheet('c-survival', 'Chance that it still runs, by days since launch', ['Days', 'Still runs after it', ...(band ? ['95 % band'] : []), 'Stopped in it'],
      () => Charts.spans(score).map((p) => [`${inDays(p.from)} to ${inDays(p.to)}`, percent(p.survival), ...(band ? [`${percent(p.lower)} to ${percent(p.upper)}`] : []), percent(p.hazard)]));
  }

  function drawHorizons(score) {
    const raw = score.horizons.some((h) => Format.given(h.raw));
    $('horizons-raw').hidden = !raw;
    Page.rows($('d-horizons'), score.horizons.map((h) => [Format.inDays(h.days), percent(h.probability), ...(raw ? [percent(h.raw)] : [])]));
  }

  function drawCauses(score) {
    const causes = (score.causes || []).filter((c) => Format.given(c.probability));
    $('d-causes-box').hidden = !causes.length;
    Page.rows($('d-causes'), causes.map((c) => [c.cause, percent(c.probability)]));
  }

  function drawWhy(contributions) {
    const most = Math.max(0.0001, ...contributions.map((c) => Math.abs(c.change || 0)));
    $('d-why').replaceChildren(whyEnds(), ...contributions.map((c) => why(c, most)));
    if (!contributions.length) $('d-why').replaceChildren(make('li', 'none', 'Nothing stands out'));
  }

  function whyEnds() {
    const node = make('li');
    const ends = make('span', 'ends');
    ends.append(make('span', '', 'lowers'), make('span', '', 'raises'));
    node.setAttribute('aria-hidden', 'true');
    node.append(ends);
    return node;
  }

  function why(contribution, most) {
    const change = contribution.change || 0;
    const name = GROUPS[contribution.group] || contribution.group;
    const node = make('li');
    const axis = make('span', 'axis');
    const bar = make('span', change < 0 ? 'less' : '');
    bar.style.width = (Math.abs(change) / most * 50).toFixed(1) + '%';
    axis.setAttribute('aria-hidden', 'true');
    axis.append(bar);
    const value = make('span', 'words', points(change));
    value.setAttribute('aria-hidden', 'true');
    const label = make('span', '', name);
    label.setAttribute('aria-hidden', 'true');
    node.title = `${Shown.plain(name)} ${change < 0 ? 'lowers' : 'raises'} the chance of a stop by ${points(Math.abs(change)).slice(1).replace('pt', 'points')}`;
    node.append(label, axis, value, make('span', 'hide', node.title));
    return node;
  }

  function drawHistory(score) {
    const chances = score.probability || [];
    text($('h-history'), `Chance of a stop within ${Format.inDays(score.within)}, as it was told, and the advice`);
    $('c-history').hidden = chances.length === 0;
    $('history-none').hidden = chances.length > 0;
    if (chances.length) {
      Charts.history(chances, score.actions, Page.ACTIONS);
      Page.sheet('c-history', 'The chance of a stop as it was told', ['Time, UTC', 'Chance of a stop', 'Advice'], () => {
        const advice = new Map(score.actions.map((s) => [s.at, Page.ACTIONS[s.action]]));
        return [...chances].reverse().map((p) => [stamp(p.at), percent(p.value), advice.get(p.at) || '']);
      });
    }
    const clicks = score.clickThrough;
    $('c-ctr').hidden = clicks.length === 0;
    $('ctr-none').hidden = clicks.length > 0;
    if (!clicks.length) return;
    Charts.lines('c-ctr', [{ name: 'click rate', color: 's1', area: true, data: clicks.map((p) => [p.at, p.value]) }], percent, { min: 0, scale: false });
    Page.sheet('c-ctr', 'Click rate of each report', ['Time, UTC', 'Click rate'], () => [...clicks].reverse().map((p) => [stamp(p.at), percent(p.value)]));
  }

  function drawTotals(score) {
    const line = (name, show) => [name, show(score.totals), show(score.latest)];
    Page.rows($('d-totals'), [
      line('Impressions', (t) => whole.format(t.impressions)), line('Clicks', (t) => whole.format(t.clicks)),
      line('Click rate', (t) => t.impressions ? percent(t.clickThroughRate) : Format.NONE),
      line('Conversions', (t) => whole.format(t.conversions)), line('Spend', (t) => money(t.spend, score.currency))]);
  }

  function drawTwins(score) {
    const said = score.duplicates;
    $('d-same').hidden = !said;
    const version = said ? JSON.stringify([score.model, said]) : '';
    if (!said || version === state.twins) return;
    state.twins = version;
    if (said.group === score.creative) text($('d-group'), said.twins.length ? 'No earlier creative is the same.' : 'No earlier creative is like it.');
    else Shown.line($('d-group'), ['The same as ', { name: said.group }, `, as of ${stamp(said.at)} UTC.`]);
    $('d-twins').replaceChildren(...said.twins.map((twin) => twinLine(score.model, twin)));
  }

  function twinLine(model, twin) {
    const node = make('li');
    const link = make('button', '', twin.creative);
    link.dir = 'auto';
    link.type = 'button';
    link.addEventListener('click', () => { state.open({ model, creative: twin.creative }); });
    node.append(link, make('span', '', fixed(twin.similarity, 2)), make('i', 'tie', TIES[twin.tie] || twin.tie));
    return node;
  }

  function step(one) {
    const node = make('li');
    const time = make('time', '', stamp(one.at));
    time.dateTime = one.at;
    node.append(Page.chip(one.action), time);
    return node;
  }

  function start(open) {
    state.open = open;
    $('back').addEventListener('click', () => close(true));
    document.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(true); });
    $('d-picture').addEventListener('error', () => { $('d-picture').hidden = true; });
  }

  const none = () => !state.chosen;

  return { start, choose, load, fromAddress, none, narrow };
})();
