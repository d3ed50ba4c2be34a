'use strict';
const page = JSON.parse(document.getElementById('data').textContent);
const all = page.series;
const known = value => typeof value === 'number' && Number.isFinite(value);
const perCent = value => known(value) ? (100 * value).toFixed(1) : '–';
const whole = value => known(value) ? Math.round(value).toLocaleString('en') : '–';
const colours = ['#2563a8', '#d9772b', '#3a8f5c', '#b83c5a', '#7a5bb0', '#7f6a4d', '#2a9aa8', '#c2a21f', '#6b7684', '#a03fa0'];
const colour = i => colours[i % colours.length];
const dash = i => ['solid', 'dashed', 'dotted'][Math.floor(i / colours.length) % 3];

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

function chart(id, options) {
    const drawn = echarts.init(document.getElementById(id));
    drawn.setOption(Object.assign({ animation: false }, options));
    addEventListener('resize', () => drawn.resize());
    return drawn;
}

function curve() {
    const series = all.flatMap((s, i) => {
        const points = s.curve.map(([x, y]) => [x, 100 * y]);
        const line = { name: s.label, type: 'line', data: points, color: colour(i), symbolSize: 4, lineStyle: { type: dash(i) } };
        if (!known(s.curve[0][2])) return [line];
        const edge = (sign, order) => order(s.curve.map(([x, y, half]) => [x, 100 * (y + sign * half)]));
        const outline = [...edge(1, p => p), ...edge(-1, p => p.reverse())];
        const band = {
            name: s.label, type: 'custom', silent: true, clip: true, color: colour(i), data: [points[0]], encode: { x: 0, y: 1 },
            renderItem: (params, api) => ({ type: 'polygon', shape: { points: outline.map(p => api.coord(p)) }, style: { fill: colour(i), opacity: .12 } })
        };
        return [line, band];
    });
    chart('curve', {
        grid: { left: 50, right: 20, top: 34, bottom: 90 },
        legend: { bottom: 0, type: 'scroll', data: all.map(s => s.label) },
        tooltip: { trigger: 'item', formatter: p => p.seriesName + '<br>' + whole(p.value[0]) + ' samples: ' + p.value[1].toFixed(1) + ' %' },
        xAxis: { type: 'value', name: 'samples so far', nameLocation: 'middle', nameGap: 28, max: 'dataMax' },
        yAxis: { type: 'value', name: '%', min: 0, max: 100 },
        series
    });
}

function chooser(id, draw) {
    const select = document.getElementById(id);
    all.forEach((s, i) => select.add(new Option(s.label + ', ' + s.seeds + (s.seeds === 1 ? ' seed' : ' seeds'), i)));
    select.selectedIndex = all.length - 1;
    select.addEventListener('change', () => draw(all[select.value]));
    draw(all[all.length - 1]);
}

function heatMap(id, name, shades) {
    const drawn = chart(id, {});
    chooser(id + '-of', series => {
        const rows = series[name];
        const tasks = rows.map((_, t) => String(t + 1));
        const data = rows.flatMap((row, t) => row.map((value, k) => [k, t, 100 * value]));
        const seen = data.filter(([k, t, value]) => k <= t || value > 0);
        drawn.setOption({
            animation: false,
            grid: { left: 60, right: 20, top: 10, bottom: 70 },
            tooltip: { formatter: p => 'task ' + (p.value[0] + 1) + ' after task ' + (p.value[1] + 1) + ': ' + p.value[2].toFixed(1) },
            xAxis: { type: 'category', data: tasks, name: 'task', nameLocation: 'middle', nameGap: 24 },
            yAxis: { type: 'category', data: tasks, name: 'after task', nameLocation: 'middle', nameGap: 34, inverse: true },
            visualMap: { min: 0, max: 100, orient: 'horizontal', left: 'center', bottom: 0, itemHeight: 120, text: ['100', '0'], inRange: { color: shades } },
            series: [{ type: 'heatmap', data: seen, label: { show: rows.length <= 12, formatter: p => p.value[2].toFixed(0) } }]
        }, true);
    });
}

function memory() {
    const drawn = chart('memory', {});
    chooser('memory-of', series => {
        const held = series.memory;
        drawn.setOption({
            animation: false,
            title: held.classes.length ? {} : { text: 'no memory', left: 'center', top: 'middle', textStyle: { fontWeight: 'normal' } },
            grid: { left: 50, right: 20, top: 10, bottom: 90 },
            tooltip: { trigger: 'axis' },
            legend: { bottom: 0, type: 'scroll' },
            xAxis: { type: 'category', boundaryGap: false, data: held.learned.map(whole), name: 'samples so far', nameLocation: 'middle', nameGap: 28 },
            yAxis: { type: 'value' },
            series: held.classes.map((label, c) => ({
                name: label, type: 'line', stack: 'held', symbol: 'none', color: colour(c), lineStyle: { width: 0 }, areaStyle: { opacity: .85 }, data: held.counts[c]
            }))
        }, true);
    });
}

function rank() {
    const tasks = Math.max(...all.map(s => s.ranks.length));
    chart('rank', {
        grid: { left: 50, right: 20, top: 34, bottom: 90 },
        legend: { bottom: 0, type: 'scroll' },
        tooltip: { formatter: p => p.seriesName + '<br>after task ' + p.name + ': ' + p.value.toFixed(1) },
        xAxis: { type: 'category', data: Array.from({ length: tasks }, (_, t) => String(t + 1)), name: 'after task', nameLocation: 'middle', nameGap: 28 },
        yAxis: { type: 'value', scale: true },
        series: all.map((s, i) => ({ name: s.label, type: 'line', color: colour(i), lineStyle: { type: dash(i) }, data: s.ranks.map(r => known(r) ? r : null) }))
    });
}

function speed() {
    chart('speed', {
        grid: { left: 50, right: 20, top: 34, bottom: 90 },
        legend: { bottom: 0, type: 'scroll' },
        tooltip: { formatter: p => p.seriesName + '<br>' + whole(p.value[0]) + ' samples a second, ' + p.value[1].toFixed(1) + ' %' },
        xAxis: { type: 'log', name: 'samples a second', nameLocation: 'middle', nameGap: 28 },
        yAxis: { type: 'value', name: 'end accuracy %', scale: true },
        series: all.map((s, i) => ({
            name: s.label, type: 'scatter', symbolSize: 13, color: colour(i),
            data: [[s.measures['samples-per-second'][0], 100 * s.measures['end-accuracy'][0]]]
        }))
    });
}

if (all.length > 0) {
    table();
    curve();
    heatMap('forgetting', 'forgetting', ['#f7f9fb', '#f0b48a', '#b83c5a']);
    heatMap('matrix', 'matrix', ['#f7f9fb', '#8fb8dd', '#1f5a99']);
    memory();
    rank();
    speed();
}
