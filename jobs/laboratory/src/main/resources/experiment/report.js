'use strict';
const page = JSON.parse(document.getElementById('data').textContent);
const all = page.series;
const known = value => typeof value === 'number' && Number.isFinite(value);
const perCent = value => known(value) ? (100 * value).toFixed(1) : '–';
const whole = value => known(value) ? Math.round(value).toLocaleString('en') : '–';
const shade = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
const COLOURS = 10;
const colour = i => shade('c' + i % COLOURS);
const dash = i => ['solid', 'dashed', 'dotted'][Math.floor(i / COLOURS) % 3];

document.title = page.name + ' – Kedge experiment';
document.getElementById('name').textContent = page.name;
document.getElementById('about').textContent =
    'commit ' + (page.commits.join(', ') || page.commit) + ' · ' + page.machine;
document.getElementById('arrival').textContent = [page.arrival, page.data].filter(Boolean).join(' ');
document.getElementById('configuration').textContent = page.configuration;

const columns = [
    ['end accuracy %', 'end-accuracy', perCent, 1],
    ['anytime accuracy %', 'anytime-accuracy', perCent, 1],
    ['forgetting, points', 'forgetting', perCent, -1],
    ['learning accuracy %', 'learning-accuracy', perCent, 1],
    ['samples a second', 'samples-per-second', whole, 1],
    ['peak bytes', 'peak-bytes', whole, 0],
    ['rank of embeddings', 'embedding-rank', value => known(value) ? value.toFixed(1) : '–', 0],
    ['learned from %', 'learned-share', perCent, 0],
    ['right on arrival %', 'arrival-accuracy', perCent, 1]
].filter(([, name]) => page.arrival || !['learned-share', 'arrival-accuracy'].includes(name));

function cell(row, text, kind) {
    const added = document.createElement(kind || 'td');
    added.textContent = text;
    row.appendChild(added);
    return added;
}

function table() {
    const head = document.querySelector('thead').insertRow();
    ['runs', 'seeds', ...columns.map(c => c[0])].forEach(text => cell(head, text, 'th'));
    const best = columns.map(([, name, , sign]) =>
        Math.max(...all.map(s => s.measures[name][0]).filter(known).map(v => sign * v)));
    for (const series of all) {
        const row = document.querySelector('tbody').insertRow();
        cell(row, series.label);
        cell(row, series.seeds);
        columns.forEach(([, name, form, sign], i) => {
            const [mean, half] = series.measures[name];
            const added = cell(row, form(mean) + (known(half) ? ' ± ' + form(half) : ''));
            if (sign !== 0 && known(mean) && sign * mean === best[i]) added.className = 'best';
        });
    }
}

// Each chart with what draws it: a canvas has no style of its own, so that another scheme of colours means drawing again.
const drawn = new Map();

function chart(id, options) {
    if (!drawn.has(id)) {
        const made = echarts.init(document.getElementById(id));
        addEventListener('resize', () => made.resize());
        drawn.set(id, { made, options });
    }
    drawn.get(id).options = options;
    paint(drawn.get(id));
}

function paint({ made, options }) {
    const given = options();
    const words = { color: shade('soft') };
    const axis = own => own && {
        ...own, axisLabel: words, nameTextStyle: words,
        axisLine: { lineStyle: { color: shade('soft') } }, splitLine: { ...own.splitLine, lineStyle: { color: shade('grid') } }
    };
    const cut = name => echarts.format.truncateText(name, 260, '12px sans-serif', '…');
    made.setOption({
        animation: false, ...given,
        xAxis: axis(given.xAxis), yAxis: axis(given.yAxis),
        title: { ...given.title, textStyle: { ...words, fontWeight: 'normal' } },
        legend: given.legend && {
            ...given.legend, textStyle: { color: shade('ink') }, inactiveColor: shade('line'), pageTextStyle: words,
            pageIconColor: shade('ink'), pageIconInactiveColor: shade('line'), formatter: cut, tooltip: { show: true }
        },
        tooltip: { confine: true, backgroundColor: shade('paper'), borderColor: shade('line'), textStyle: { color: shade('ink') }, ...given.tooltip }
    }, true);
}

function repaint() {
    drawn.forEach(paint);
}

function curve() {
    const series = all.flatMap((s, i) => {
        const points = s.curve.map(([x, y]) => [x, 100 * y]);
        const line = { name: s.label, type: 'line', data: points, color: colour(i), symbol: 'circle', symbolSize: 4, lineStyle: { type: dash(i) } };
        if (!known(s.curve[0][2])) return [line];
        const edge = (sign, order) => order(s.curve.map(([x, y, half]) => [x, 100 * (y + sign * half)]));
        const outline = [...edge(1, p => p), ...edge(-1, p => p.reverse())];
        const fill = colour(i);
        const band = {
            name: s.label, type: 'custom', silent: true, clip: true, color: fill, data: [points[0]], encode: { x: 0, y: 1 },
            renderItem: (params, api) => ({ type: 'polygon', shape: { points: outline.map(p => api.coord(p)) }, style: { fill, opacity: .12 } })
        };
        return [line, band];
    });
    return {
        grid: { left: 50, right: 20, top: 34, bottom: 90 },
        legend: { bottom: 0, type: 'scroll', data: all.map(s => s.label) },
        tooltip: { trigger: 'item', formatter: p => p.seriesName + '<br>' + whole(p.value[0]) + ' samples: ' + p.value[1].toFixed(1) + ' %' },
        xAxis: { type: 'value', name: 'samples so far', nameLocation: 'middle', nameGap: 28, max: 'dataMax' },
        yAxis: { type: 'value', name: '%', min: 0, max: 100 },
        series
    };
}

// A chart of one group of runs, with a list to choose the group from.
function chosen(id, options) {
    const select = document.getElementById(id + '-of');
    all.forEach((s, i) => select.add(new Option(s.label + ', ' + s.seeds + (s.seeds === 1 ? ' seed' : ' seeds'), i)));
    select.selectedIndex = all.length - 1;
    const draw = () => chart(id, () => options(all[select.value]));
    select.addEventListener('change', draw);
    draw();
}

function heatMap(rows, shades) {
    const tasks = rows.map((_, t) => String(t + 1));
    const data = rows.flatMap((row, t) => row.map((value, k) => [k, t, 100 * value]));
    const seen = data.filter(([k, t, value]) => k <= t || value > 0);
    return {
        grid: { left: 60, right: 20, top: 10, bottom: 70 },
        tooltip: { formatter: p => 'task ' + (p.value[0] + 1) + ' after task ' + (p.value[1] + 1) + ': ' + p.value[2].toFixed(1) },
        xAxis: { type: 'category', data: tasks, name: 'task', nameLocation: 'middle', nameGap: 24 },
        yAxis: { type: 'category', data: tasks, name: 'after task', nameLocation: 'middle', nameGap: 34, inverse: true },
        visualMap: {
            min: 0, max: 100, orient: 'horizontal', left: 'center', bottom: 0, itemHeight: 120, text: ['100', '0'],
            textStyle: { color: shade('soft') }, inRange: { color: shades.map(shade) }
        },
        series: [{ type: 'heatmap', data: seen, label: { show: rows.length <= 12, formatter: p => p.value[2].toFixed(0) } }]
    };
}

function memory({ memory: held }) {
    return {
        title: held.classes.length ? {} : { text: 'no memory', left: 'center', top: 'middle' },
        grid: { left: 50, right: 20, top: 10, bottom: 90 },
        tooltip: { trigger: 'axis' },
        legend: { bottom: 0, type: 'scroll' },
        xAxis: { type: 'category', boundaryGap: false, data: held.learned.map(whole), name: 'samples so far', nameLocation: 'middle', nameGap: 28 },
        yAxis: { type: 'value' },
        series: held.classes.map((label, c) => ({
            name: label, type: 'line', stack: 'held', symbol: 'none', color: colour(c), lineStyle: { width: 0 }, areaStyle: { opacity: .85 }, data: held.counts[c]
        }))
    };
}

function rank() {
    const tasks = Math.max(...all.map(s => s.ranks.length));
    return {
        grid: { left: 50, right: 20, top: 34, bottom: 90 },
        legend: { bottom: 0, type: 'scroll' },
        tooltip: { formatter: p => p.seriesName + '<br>after task ' + p.name + ': ' + p.value.toFixed(1) },
        xAxis: { type: 'category', data: Array.from({ length: tasks }, (_, t) => String(t + 1)), name: 'after task', nameLocation: 'middle', nameGap: 28 },
        yAxis: { type: 'value', scale: true },
        series: all.map((s, i) => ({ name: s.label, type: 'line', color: colour(i), symbol: 'circle', lineStyle: { type: dash(i) }, data: s.ranks.map(r => known(r) ? r : null) }))
    };
}

function speed() {
    return {
        grid: { left: 50, right: 20, top: 34, bottom: 90 },
        legend: { bottom: 0, type: 'scroll' },
        tooltip: { formatter: p => p.seriesName + '<br>' + whole(p.value[0]) + ' samples a second, ' + p.value[1].toFixed(1) + ' %' },
        xAxis: { type: 'log', name: 'samples a second', nameLocation: 'middle', nameGap: 28 },
        yAxis: { type: 'value', name: 'end accuracy %', scale: true },
        series: all.map((s, i) => ({
            name: s.label, type: 'scatter', symbolSize: 13, color: colour(i),
            data: [[s.measures['samples-per-second'][0], 100 * s.measures['end-accuracy'][0]]]
        }))
    };
}

// Paper is white and narrow: charts are drawn for it, and again for the screen afterwards.
function paper(printing) {
    document.documentElement.toggleAttribute('data-paper', printing);
    drawn.forEach(one => one.made.resize());
    repaint();
}

if (all.length > 0) {
    table();
    chart('curve', curve);
    chosen('forgetting', s => heatMap(s.forgetting, ['empty', 'worse-half', 'worse']));
    chosen('matrix', s => heatMap(s.matrix, ['empty', 'better-half', 'better']));
    chosen('memory', memory);
    chart('rank', rank);
    chart('speed', speed);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
    addEventListener('beforeprint', () => paper(true));
    addEventListener('afterprint', () => paper(false));
}
