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
  // What each stretch between two reports adds, not what there was since the start.
  function switchRate(points) {
    return points.slice(1).map((p, i) => {
      const judged = p.judged - points[i].judged;
      return [p.at, judged > 0 ? 1000 * (p.switches - points[i].switches) / judged : null];
    });
  }

  function showHistory(points) {
    if (!points.length) return;
    const share = (v) => percent(v);
    Charts.lines('c-idf1', [
      { name: 'IDF1', color: 's1', data: series(points, (p) => p.idf1), area: true },
      { name: 'association', color: 's2', data: series(points, (p) => p.association) }], share, { min: 0, max: 1, interval: 0.5, scale: false });
    Charts.lines('c-switches', [{ name: 'switches', color: 's2', data: switchRate(points) }], (v) => fixed(v, 0), { min: 0, scale: false });
    Charts.lines('c-bank', [{ name: 'instances', color: 's3', data: series(points, (p) => p.instances) }], (v) => fixed(v, 0), { min: 0, scale: false });
    Charts.lines('c-loss', [{ name: 'loss', color: 's1', data: series(points, (p) => p.loss) }], (v) => fixed(v, 2));
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
    if (charts) showHistory((await Learner.get('/api/metrics', { model })).metrics);
  });

  Learner.start({ show: showSummary, load: () => load(true), repaint: () => load(false) });
  // Frames come faster than summaries.
  setInterval(() => { if (document.visibilityState === 'visible') load(false); }, 400);
})();
