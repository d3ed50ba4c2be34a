// The charts: each keeps one ECharts instance that takes new data without being built again.
'use strict';

const Charts = (() => {
  const made = new Map();
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const { percent, days: day } = Format;

  function instance(id) {
    if (!made.has(id)) {
      const node = document.getElementById(id);
      const chart = echarts.init(node, null, { renderer: 'canvas' });
      new ResizeObserver(() => node.clientWidth && chart.resize()).observe(node);
      made.set(id, { chart, again: null });
    }
    return made.get(id);
  }

  function show(id, build) {
    const one = instance(id);
    one.again = () => one.chart.setOption(build(), { notMerge: true });
    one.again();
  }

  function redraw() { made.forEach((one) => one.again && one.again()); }

  const axisText = () => ({ color: color('muted'), fontSize: 11, hideOverlap: true });
  const valueAxis = (extra) => ({
    type: 'value', axisLabel: axisText(), splitNumber: 3, axisLine: { show: false }, axisTick: { show: false },
    splitLine: { lineStyle: { color: color('line-soft') } }, ...extra });
  const bottomAxis = (extra) => ({
    axisLabel: axisText(), axisLine: { lineStyle: { color: color('line') } }, axisTick: { show: false },
    splitLine: { show: false }, ...extra });
  const base = () => ({
    animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 44, right: 12, top: 12, bottom: 24 },
    tooltip: {
      trigger: 'axis', renderMode: 'richText', confine: true, backgroundColor: color('panel'), borderColor: color('line'),
      textStyle: { color: color('ink'), fontSize: 12 }, axisPointer: { lineStyle: { color: color('muted') } } } });

  // Ends of the intervals; the last is drawn as wide as the one before it.
  function spans(score) {
    const count = score.hazard.length;
    const skip = score.cuts.length >= score.interval + count && score.cuts.length > count ? score.interval : 0;
    const starts = score.cuts.slice(skip, skip + count);
    return starts.map((from, i) => {
      const to = i + 1 < starts.length ? starts[i + 1] : from + (i ? from - starts[i - 1] : 1);
      return { from, to, hazard: score.hazard[i], survival: score.survival[i], lower: (score.lower || [])[i], upper: (score.upper || [])[i] };
    });
  }

  function block(params, api) {
    const from = api.coord([api.value(0), api.value(2)]);
    const to = api.coord([api.value(1), 0]);
    const gap = to[0] - from[0] > 4 ? 1 : 0;
    const shape = { x: from[0] + gap, y: from[1], width: Math.max(1, to[0] - from[0] - gap), height: to[1] - from[1] };
    return { type: 'rect', shape, style: { fill: api.visual('color') } };
  }

  function survival(score, now) {
    show('c-survival', () => {
      const parts = spans(score);
      if (!parts.length) return base();
      const start = Math.min(Math.max(now, parts[0].from), parts[0].to);
      const curve = [[start, 1], ...parts.map((p) => [p.to, p.survival])];
      const last = parts[parts.length - 1].to;
      const banded = isFinite(parts[0].lower) && isFinite(parts[0].upper) && parts[0].lower !== null;
      const edge = banded ? [[start, 1], ...parts.map((p) => [p.to, p.upper]), ...[...parts].reverse().map((p) => [p.to, p.lower])] : [];
      const band = !banded ? [] : [{ type: 'custom', name: 'band', silent: true, clip: true, data: [[start, 1]],
        renderItem: (params, api) => ({ type: 'polygon', shape: { points: edge.map((point) => api.coord(point)) }, style: { fill: color('s1'), opacity: 0.2 } }) }];
      const about = (at) => parts.find((p) => at < p.to) || parts[parts.length - 1];
      return { ...base(),
        grid: [{ left: 44, right: 14, top: 16, height: 112 }, { left: 44, right: 14, top: 146, height: 52 }],
        axisPointer: { link: [{ xAxisIndex: 'all' }] },
        tooltip: { ...base().tooltip, formatter: (items) => {
          const p = about(items[0].axisValue);
          const between = banded ? ` (${percent(p.lower)} to ${percent(p.upper)})` : '';
          return `Day ${day(p.from)} to ${day(p.to)}\nstill runs after it  ${percent(p.survival)}${between}\nstopped in it  ${percent(p.hazard)}`; } },
        xAxis: [
          bottomAxis({ type: 'value', gridIndex: 0, min: parts[0].from, max: last, axisLabel: { show: false } }),
          bottomAxis({ type: 'value', gridIndex: 1, min: parts[0].from, max: last,
            axisLabel: { ...axisText(), alignMaxLabel: 'right', formatter: (v) => 'day ' + day(v) } })],
        yAxis: [
          valueAxis({ gridIndex: 0, min: 0, max: 1, interval: 0.5, axisLabel: { ...axisText(), formatter: (v) => percent(v) } }),
          valueAxis({ gridIndex: 1, min: 0, splitNumber: 1, axisLabel: { ...axisText(), formatter: (v) => percent(v) } })],
        series: [
          ...band,
          { type: 'line', name: 'still runs', data: curve, showSymbol: false, lineStyle: { width: 2, color: color('s1') },
            itemStyle: { color: color('s1') }, areaStyle: banded ? undefined : { color: color('s1'), opacity: 0.1 },
            markLine: { silent: true, symbol: 'none', lineStyle: { color: color('muted'), type: 'dashed' },
              label: { formatter: 'now', color: color('muted'), fontSize: 11, position: 'start', distance: -15, align: 'left', padding: [0, 0, 0, 5] }, data: [{ xAxis: start }] } },
          { type: 'custom', name: 'stopped', xAxisIndex: 1, yAxisIndex: 1, renderItem: block, clip: true, itemStyle: { color: color('s2') },
            encode: { x: [0, 1], y: 2 }, data: parts.map((p) => [p.from, p.to, p.hazard]) }] };
    });
    const ends = spans(score).map((p) => `after day ${day(p.to)} ${percent(p.survival)}`);
    label('c-survival', 'Chance that it still runs ' + ends.join(', '));
  }

  function label(id, text) { document.getElementById(id).setAttribute('aria-label', text); }

  const legend = (extra) => ({ top: 0, right: 8, icon: 'roundRect', itemWidth: 12, itemHeight: 3, textStyle: { color: color('muted'), fontSize: 11 }, ...extra });
  // Of many series: those that do not fit are a step away, instead of lying over the chart.
  const scrolled = () => ({ type: 'scroll', left: 50, pageIconColor: color('muted'), pageIconInactiveColor: color('line'), pageTextStyle: { color: color('muted'), fontSize: 11 } });

  function lines(id, series, format, extra) {
    show(id, () => ({ ...base(),
      legend: series.length > 1 ? legend(series.length > 4 ? scrolled() : {}) : undefined,
      grid: { left: 50, right: 14, top: series.length > 1 ? 26 : 12, bottom: 24 },
      tooltip: { ...base().tooltip, valueFormatter: format },
      xAxis: bottomAxis({ type: 'time', splitNumber: Math.max(2, Math.round(document.getElementById(id).clientWidth / 130)), axisLabel: { ...axisText(), alignMaxLabel: 'right', formatter: Format.AXIS } }),
      yAxis: valueAxis({ scale: true, axisLabel: { ...axisText(), formatter: format }, ...extra }),
      useUTC: true,
      series: series.map((s) => ({ type: 'line', name: s.name, data: s.data, showSymbol: s.data.length < 12, symbolSize: 4, connectNulls: false,
        lineStyle: { width: 1.8, color: color(s.color) }, itemStyle: { color: color(s.color) },
        areaStyle: s.area ? { color: color(s.color), opacity: 0.08 } : undefined,
        markLine: s.mark === undefined ? undefined : { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: color('muted'), type: 'dashed' }, data: [{ yAxis: s.mark }] } })) }));
    label(id, series.map((s) => { const end = s.data[s.data.length - 1]; return `${s.name} now ${end ? format(end[1]) : 'unknown'}`; }).join(', '));
  }

  // The same series as areas that lie on each other.
  function stacked(id, series, format) {
    show(id, () => ({ ...base(),
      legend: legend(scrolled()),
      grid: { left: 50, right: 14, top: 26, bottom: 24 },
      tooltip: { ...base().tooltip, valueFormatter: format },
      xAxis: bottomAxis({ type: 'time', axisLabel: { ...axisText(), alignMaxLabel: 'right', formatter: Format.AXIS } }),
      yAxis: valueAxis({ min: 0, axisLabel: { ...axisText(), formatter: format } }),
      useUTC: true,
      series: series.map((s) => ({ type: 'line', name: s.name, stack: 'all', data: s.data.map(([at, v]) => [at, v === null ? 0 : v]), showSymbol: false,
        lineStyle: { width: 0 }, itemStyle: { color: color(s.color) }, areaStyle: { color: color(s.color), opacity: 0.75 } })) }));
    label(id, series.map((s) => { const end = s.data[s.data.length - 1]; return `${s.name} now ${end && end[1] !== null ? format(end[1]) : 'none'}`; }).join(', '));
  }

  const timeAxis = (id) => bottomAxis({ type: 'time', splitNumber: Math.max(2, Math.round(document.getElementById(id).clientWidth / 130)),
    axisLabel: { ...axisText(), alignMaxLabel: 'right', formatter: Format.AXIS } });
  // One shape for each advice, so that none is told by its colour alone.
  const SHAPES = { keep: 'circle', watch: 'triangle', refresh: 'diamond', stop: 'rect', stopped: 'emptyCircle', lost: 'emptyCircle', unknown: 'emptyTriangle' };

  // The probability as it was told, with a mark where the advice changed.
  function history(chances, actions, names) {
    show('c-history', () => {
      const line = chances.map((p) => [p.at, p.value]);
      const first = Date.parse(chances[0].at);
      const at = (iso) => { const until = chances.filter((p) => p.at <= iso); return (until[until.length - 1] || chances[0]).value; };
      const marks = Object.keys(names).map((action) => ({ action, data: actions.filter((s) => s.action === action && Date.parse(s.at) >= first).map((s) => [s.at, at(s.at)]) })).filter((m) => m.data.length);
      return { ...base(),
        legend: legend({ icon: undefined, itemWidth: 9, itemHeight: 9, data: marks.map((m) => names[m.action]), selectedMode: false }),
        grid: { left: 44, right: 14, top: 26, bottom: 24 },
        tooltip: { ...base().tooltip, valueFormatter: (v) => percent(Array.isArray(v) ? v[1] : v) },
        useUTC: true,
        xAxis: timeAxis('c-history'),
        yAxis: valueAxis({ min: 0, max: 1, interval: 0.5, axisLabel: { ...axisText(), formatter: (v) => percent(v) } }),
        series: [
          { type: 'line', name: 'chance of a stop', data: line, showSymbol: false, lineStyle: { width: 1.8, color: color('s1') }, itemStyle: { color: color('s1') } },
          ...marks.map((m) => ({ type: 'scatter', name: names[m.action], data: m.data, symbol: SHAPES[m.action], symbolSize: 10, itemStyle: { color: color(m.action), borderColor: color(m.action) } }))] };
    });
    const end = chances[chances.length - 1];
    label('c-history', `Chance of a stop now ${percent(end.value)}; ${Format.count(actions.length, 'change', 'changes')} of advice, the last to ${names[actions[actions.length - 1].action].toLowerCase()}`);
  }

  // Lying bars of two parts: the first is part of the second, which is the whole.
  function bars(id, lines, parts, format) {
    show(id, () => ({ ...base(),
      legend: legend(),
      grid: { left: 74, right: 14, top: 26, bottom: 24 },
      tooltip: { ...base().tooltip, axisPointer: { type: 'shadow' }, valueFormatter: format },
      xAxis: { ...bottomAxis({ type: 'value', splitNumber: 4 }), axisLabel: { ...axisText(), formatter: (v) => Format.short.format(v) } },
      yAxis: { type: 'category', inverse: true, data: lines.map((l) => l.name), axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: color('ink'), fontSize: 12 } },
      series: [
        { type: 'bar', name: parts[0], stack: 'all', barWidth: 16, itemStyle: { color: color('bar-high') }, data: lines.map((l) => l.parts[0]) },
        { type: 'bar', name: parts[1], stack: 'all', barWidth: 16, itemStyle: { color: color('bar-low') }, data: lines.map((l) => Math.max(0, l.parts[1] - l.parts[0])) }] }));
    label(id, lines.map((l) => `${l.name} ${format(l.parts[1])}, ${parts[0]} ${format(l.parts[0])}`).join('; '));
  }

  // Told against observed probability; on the diagonal the model is right.
  function calibration(id, bins) {
    const most = Math.max(1, ...bins.map((b) => b.weight));
    const ends = bins.flatMap((b) => [b.predicted, b.observed]).filter((v) => v !== null && isFinite(v));
    const top = Math.min(1, Math.max(0.1, Math.ceil(Math.max(0, ...ends) * 10) / 10));
    const axis = (name) => ({ type: 'value', min: 0, max: top, interval: top > 0.5 ? 0.2 : 0.1, name, nameLocation: 'middle', nameTextStyle: { color: color('muted'), fontSize: 11 }, axisLabel: { ...axisText(), formatter: (v) => percent(v) } });
    show(id, () => ({ ...base(),
      grid: { left: 58, right: 18, top: 14, bottom: 42 },
      tooltip: { ...base().tooltip, trigger: 'item', formatter: (item) => item.seriesName === 'right' ? '' : `told ${percent(item.value[0])}\ncame true ${percent(item.value[1])}\n${Format.whole.format(item.value[2])} answers, older ones counting less` },
      xAxis: { ...bottomAxis(axis('chance told')), nameGap: 26 },
      yAxis: { ...valueAxis(axis('came true')), nameGap: 40 },
      series: [
        { type: 'line', name: 'right', data: [[0, 0], [top, top]], showSymbol: false, silent: true, lineStyle: { width: 1, type: 'dashed', color: color('muted') } },
        { type: 'line', name: 'came true', data: bins.map((b) => [b.predicted, b.observed, b.weight]), showSymbol: true, symbol: 'circle', symbolSize: (v) => 5 + 11 * Math.sqrt(v[2] / most),
          lineStyle: { width: 1.6, color: color('s1') }, itemStyle: { color: color('s1') } }] }));
    label(id, bins.map((b) => `told ${percent(b.predicted)} came true ${percent(b.observed)}`).join(', '));
  }

  return { survival, spans, lines, stacked, history, bars, calibration, redraw };
})();
