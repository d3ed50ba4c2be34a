// The tracker's page. Text from data is only ever set as text, pictures only ever as pixels.
'use strict';

(() => {
  const $ = (id) => document.getElementById(id);
  const { percent } = Charts;
  const whole = new Intl.NumberFormat('en');
  const STATES = { starting: 'Starting', running: 'Running', restarting: 'Restarting', failed: 'Failed', finished: 'Finished', stale: 'Silent', lost: 'No connection' };
  const state = { revision: -1, busy: false, extents: new Map(), shown: null };

  const text = (node, value) => { if (node.textContent !== value) node.textContent = value; };
  const fixed = (v, digits) => v === null || v === undefined ? '–' : v.toFixed(digits);
  const stamp = (iso) => iso ? iso.slice(0, 19).replace('T', ' ') : '–';
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const dark = () => document.documentElement.dataset.theme === 'dark';
  // The golden angle keeps the colours of neighbouring numbers apart.
  const hue = (track) => `hsl(${(track * 137.508) % 360} 75% ${dark() ? 65 : 42}%)`;

  function make(tag, className, value) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (value !== undefined) node.textContent = value;
    return node;
  }

  async function get(path) {
    const answer = await fetch(path, { headers: { Accept: 'application/json' } });
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.error || answer.statusText);
    return body;
  }

  function options(names) {
    const select = $('model');
    const known = [...select.options].map((o) => o.value);
    if (names.length === known.length && names.every((name, i) => name === known[i])) return;
    const value = select.value;
    select.replaceChildren(...names.map((name) => new Option(name, name)));
    if (names.includes(value)) select.value = value;
  }

  function banner(message, bad) {
    const node = $('banner');
    text(node, message);
    node.hidden = !message;
    node.classList.toggle('bad', Boolean(bad));
  }

  function showHealth(health) {
    const shown = health.stale ? 'stale' : health.state;
    $('state').dataset.state = shown;
    text($('state-text'), STATES[shown]);
    const down = ['failed', 'restarting', 'finished'].includes(health.state);
    let message = '';
    if (down) message = `The job is not running: ${health.message || STATES[health.state].toLowerCase()}`;
    else if (health.stale) message = `No scores since ${stamp(health.lastEvent)} UTC: what is shown may be out of date.`;
    banner(message, health.state === 'failed');
  }

  function showSummary(summary) {
    options(summary.names);
    const model = summary.models.find((m) => m.model === $('model').value);
    const count = (v) => model ? whole.format(v(model)) : '–';
    text($('f-rate'), fixed(summary.framesPerSecond, summary.framesPerSecond < 10 ? 1 : 0));
    text($('f-idf1'), model ? percent(model.idf1, 1) : '–');
    text($('f-switches'), count((m) => m.switches));
    text($('f-births'), count((m) => m.births));
    text($('f-again'), count((m) => m.reidentified));
    text($('f-bank'), count((m) => m.instances));
    text($('f-detections'), count((m) => m.detections));
    showHealth(summary.health);
    if (model) showCounts(model, summary.deadLetters);
  }

  function showCounts(model, letters) {
    const counts = [['Frames', model.frames], ['Streams', model.streams], ['Frames that wait', model.waiting], ['Judged detections', model.judged],
      ['Dropped detections', model.dropped], ['Instances that died', model.deaths], ['Instances that gave way', model.evicted],
      ['Duplicate frames', model.duplicates], ['Steps', model.modelVersion], ...Object.entries(letters).map(([reason, n]) => ['Refused: ' + reason, n])];
    $('counts').replaceChildren(...counts.map(([name, n]) => {
      const row = make('tr');
      row.append(make('td', '', name), make('td', 'num', whole.format(n)));
      return row;
    }));
  }

  // ---- charts over event time ----
  const series = (points, of) => points.map((p) => [p.at, of(p)]);

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
    const known = state.extents.get(scene.stream) || { width: 1, height: 1 };
    scene.detections.filter((d) => d.box).forEach((d) => {
      known.width = Math.max(known.width, d.box[0] + d.box[2]);
      known.height = Math.max(known.height, d.box[1] + d.box[3]);
    });
    state.extents.set(scene.stream, known);
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
    canvas.setAttribute('aria-label', `Frame ${scene.frame} of ${scene.stream}: ` + scene.detections.map((d) => d.dropped || 'track ' + d.track).join(', '));
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

  async function load(charts) {
    const model = $('model').value;
    if (!model || state.busy) return;
    state.busy = true;
    try {
      const query = new URLSearchParams({ model });
      showScenes(await get('/api/scenes?' + query));
      if (charts) showHistory((await get('/api/metrics?' + query)).metrics);
    } catch (e) {
      banner('The page could not be filled: ' + e.message, false);
    } finally {
      state.busy = false;
    }
  }

  function theme(next) {
    document.documentElement.dataset.theme = next;
    Charts.redraw();
    load(false);
  }

  theme(matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  $('theme').addEventListener('click', () => theme(dark() ? 'light' : 'dark'));
  $('model').addEventListener('change', () => load(true));
  const events = new EventSource('/api/events');
  events.addEventListener('tick', (event) => {
    const summary = JSON.parse(event.data);
    showSummary(summary);
    if (summary.revision !== state.revision) { state.revision = summary.revision; load(true); }
  });
  events.onerror = () => { $('state').dataset.state = 'lost'; text($('state-text'), STATES.lost); };
  // Frames come faster than summaries.
  setInterval(() => { if (document.visibilityState === 'visible') load(false); }, 400);
})();
