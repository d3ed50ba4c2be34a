// The tracker's page. Text from data is only ever set as text, pictures only ever as pixels.
'use strict';

(() => {
  const { $, whole, text, fixed, dark, make, series } = Learner;
  const { percent } = Format;
  const extents = new Map();

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  // The golden angle keeps the colours of neighbouring numbers apart.
  const hue = (track) => `hsl(${(track * 137.508) % 360} 75% ${dark() ? 65 : 42}%)`;

  function showSummary(summary) {
    const chosen = Learner.choose(summary.names);
    const model = summary.models.find((m) => m.model === chosen);
    const count = (v) => model ? whole.format(v(model)) : '–';
    text($('f-rate'), Learner.rate(summary.framesPerSecond));
    text($('f-idf1'), model ? percent(model.idf1) : '–');
    text($('f-switches'), count((m) => m.switches));
    text($('f-births'), count((m) => m.births));
    text($('f-again'), count((m) => m.reidentified));
    text($('f-bank'), count((m) => m.instances));
    text($('f-detections'), count((m) => m.detections));
    Learner.showHealth(summary.health);
    if (model) showCounts(model, summary.deadLetters);
  }

  function showCounts(model, letters) {
    Learner.showCounts([['Frames', model.frames], ['Streams', model.streams], ['Frames that wait', model.waiting], ['Judged detections', model.judged],
      ['Dropped detections', model.dropped], ['Instances that died', model.deaths], ['Instances that gave way', model.evicted],
      ['Duplicate frames', model.duplicates], ['Steps', model.modelVersion], ['Steps refused', model.stepsRefused]], letters);
  }

  // ---- charts over event time ----
  // What the newest ten reports add, not what there was since the start: one alone has few switches, and jumps.
  function switchRate(points) {
    return points.slice(1).map((p, i) => {
      const from = points[Math.max(0, i - 9)];
      const judged = p.judged - from.judged;
      return [p.at, judged > 0 ? 1000 * (p.switches - from.switches) / judged : null];
    });
  }

  // Rivals learn nothing: the encoder as it was drawn, and what came in as it is.
  const RIVALS = { frozen: { name: 'frozen', color: 's2', says: 'Encoder as drawn, frozen' }, raw: { name: 'raw', color: 's3', says: 'Raw appearance' } };

  function showHistory(answer) {
    const points = answer.metrics;
    if (!points.length) return;
    const share = (v) => percent(v);
    const learned = { color: 's1', area: true };
    const others = answer.rivals.map((r) => ({ ...RIVALS[r.kind], points: r.metrics }));
    const alone = { name: 'association', color: 's2', data: series(points, (p) => p.association) };
    const beside = others.map((r) => ({ name: r.name, color: r.color, data: series(r.points, (p) => p.idf1) }));
    Charts.lines('c-idf1', [{ ...learned, name: others.length ? 'learned' : 'IDF1', data: series(points, (p) => p.idf1) },
      ...(others.length ? beside : [alone])], share, { min: 0, max: 1, interval: 0.5, scale: false });
    text($('h-idf1'), others.length ? 'IDF1, newest frames' : 'IDF1 and association, newest frames');
    Charts.lines('c-switches', [{ name: others.length ? 'learned' : 'switches', color: others.length ? 's1' : 's2', data: switchRate(points) },
      ...others.map((r) => ({ name: r.name, color: r.color, data: switchRate(r.points) }))], (v) => fixed(v, 0), { min: 0, scale: false });
    Charts.lines('c-bank', [{ name: 'instances', color: 's3', data: series(points, (p) => p.instances) }], (v) => fixed(v, 0), { min: 0, scale: false });
    Charts.lines('c-loss', [{ name: 'loss', color: 's1', data: series(points, (p) => p.loss) }], (v) => fixed(v, 2));
  }

  function showRivals(answer) {
    const shown = answer.rivals.length > 0 && answer.metrics.length > 0;
    $('p-rivals').hidden = !shown;
    $('p-scenes').className = shown ? 'panel wide3' : 'panel wide4';
    if (!shown) return;
    const rows = [['Learned', answer.metrics, answer.meanIdf1], ...answer.rivals.map((r) => [RIVALS[r.kind].says, r.metrics, r.meanIdf1])];
    $('rivals').tBodies[0].replaceChildren(...rows.map(([name, points, mean], i) => {
      const row = make('tr', i ? '' : 'learned');
      const newest = points[points.length - 1];
      const name1 = make('th', '', name);
      name1.scope = 'row';
      row.append(name1, make('td', 'num', percent(newest.idf1, 1)), make('td', 'num', percent(mean, 1)),
        make('td', 'num', newest.judged ? fixed(1000 * newest.switches / newest.judged, 0) : '–'));
      return row;
    }));
    const best = answer.rivals.map((r) => `${RIVALS[r.kind].name} above a cosine of ${r.threshold}`).join(', ');
    text($('rivals-note'), `Same frames, judged by the same rules. Those that learn nothing have the threshold that served them best so far: ${best}. ID switches per 1,000 judged detections.`);
  }

  // ---- pictures ----
  function picture(crop, pixels) {
    const bytes = Uint8Array.from(atob(pixels), (c) => c.charCodeAt(0));
    const plane = crop.width * crop.height;
    const image = new ImageData(crop.width, crop.height);
    for (let i = 0; i < plane; i++) {
      for (let c = 0; c < 3; c++) image.data[4 * i + c] = bytes[(crop.channels === 3 ? c * plane : 0) + i];
      image.data[4 * i + 3] = 255;
    }
    const canvas = make('canvas');
    canvas.width = crop.width;
    canvas.height = crop.height;
    canvas.getContext('2d').putImageData(image, 0, 0);
    return canvas;
  }

  // A stream has no size of its own: it is as large as the farthest box so far.
  function extent(scene) {
    const known = extents.get(scene.stream) || { width: 1, height: 1 };
    scene.detections.filter((d) => d.box).forEach((d) => {
      known.width = Math.max(known.width, d.box[0] + d.box[2]);
      known.height = Math.max(known.height, d.box[1] + d.box[3]);
    });
    extents.set(scene.stream, known);
    return known;
  }

  // Detections without a box stand side by side.
  function place(d, i, size) {
    return d.box || [(i % 8) * size.width / 8, Math.floor(i / 8) * size.width / 8, size.width / 8.5, size.width / 8.5];
  }

  function draw(canvas, scene, crop) {
    const size = extent(scene);
    const scale = 560 / size.width;
    canvas.width = 560;
    canvas.height = Math.max(120, Math.round(size.height * scale));
    const to = canvas.getContext('2d');
    to.fillStyle = css('track');
    to.fillRect(0, 0, canvas.width, canvas.height);
    scene.detections.forEach((d, i) => {
      const [x, y, w, h] = place(d, i, size).map((v) => v * scale);
      if (d.pixels && crop) { to.globalAlpha = d.dropped ? 0.35 : 1; to.drawImage(picture(crop, d.pixels), x, y, w, h); to.globalAlpha = 1; }
    });
    to.font = '600 12px system-ui, sans-serif';
    scene.detections.forEach((d, i) => {
      const [x, y, w, h] = place(d, i, size).map((v) => v * scale);
      const color = d.dropped ? css('muted') : hue(d.track);
      to.strokeStyle = color;
      to.lineWidth = d.dropped ? 1 : 3;
      to.setLineDash(d.dropped ? [4, 3] : []);
      to.strokeRect(x, y, w, h);
      to.setLineDash([]);
      const name = d.dropped ? d.dropped : '#' + d.track + (d.isNew ? ' new' : '');
      const width = to.measureText(name).width + 8;
      const left = Math.min(x, canvas.width - width);
      const top = y >= 16 ? y - 16 : y;
      to.fillStyle = color;
      to.fillRect(left, top, width, 16);
      to.fillStyle = dark() ? '#10161c' : '#fff';
      to.fillText(name, left + 4, top + 12);
    });
    canvas.setAttribute('aria-label', `Frame ${scene.frame} of ${Shown.plain(scene.stream)}: ` + scene.detections.map((d) => d.dropped || 'track ' + d.track).join(', '));
  }

  function showScenes(answer) {
    $('scenes-none').hidden = answer.scenes.length > 0;
    const known = new Map([...$('scenes').children].map((node) => [node.dataset.stream, node]));
    $('scenes').replaceChildren(...answer.scenes.map((scene) => {
      const figure = known.get(scene.stream) || scaffold(scene.stream);
      draw(figure.querySelector('canvas'), scene, answer.crop);
      text(figure.querySelector('b'), scene.stream);
      text(figure.querySelector('span'), `frame ${whole.format(scene.frame)} · ${scene.detections.length} detections · ${scene.bankSize} in the bank`);
      return figure;
    }));
    const newest = new Map(answer.scenes.map((s) => [s.stream, s.frame]));
    $('instances').replaceChildren(...answer.instances.map((one) => instance(one, answer.crop, newest)));
  }

  function scaffold(stream) {
    const figure = make('figure', 'scene');
    figure.dataset.stream = stream;
    const canvas = make('canvas');
    canvas.setAttribute('role', 'img');
    const caption = make('figcaption');
    caption.append(make('b'), make('span'));
    figure.append(canvas, caption);
    return figure;
  }

  function instance(one, crop, newest) {
    const item = make('li');
    const absent = newest.has(one.stream) ? newest.get(one.stream) - one.frame : 0;
    item.style.borderLeftColor = hue(one.track);
    if (absent > 0) item.className = 'absent';
    item.append(one.pixels && crop ? picture(crop, one.pixels) : make('canvas'));
    const said = make('div');
    const name = make('div');
    name.append(make('b', '', '#' + one.track));
    said.append(name, make('div', 'muted', one.stream), make('div', '', `seen ${whole.format(one.sightings)}×`),
      make('div', 'muted', absent > 0 ? `gone ${whole.format(absent)}` : one.isNew ? 'new' : `match ${fixed(one.similarity, 2)}`));
    item.append(said);
    return item;
  }

  const load = (charts) => Learner.fill(async (model) => {
    showScenes(await Learner.get('/api/scenes', { model }));
    if (!charts) return;
    const answer = await Learner.get('/api/metrics', { model });
    showRivals(answer);
    showHistory(answer);
  });

  Learner.start({ show: showSummary, load: () => load(true), repaint: () => load(false) });
  // Frames come faster than summaries.
  setInterval(() => { if (document.visibilityState === 'visible') load(false); }, 400);
})();
