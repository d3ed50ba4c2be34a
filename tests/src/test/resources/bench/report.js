'use strict';
const page = JSON.parse(document.getElementById('data').textContent);
const shade = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
const form = value => typeof value === 'number' ? value.toLocaleString('en', { maximumSignificantDigits: 4 }) : '–';
const one = name => document.getElementById(name);

one('command').textContent = page.command;
one('machine').textContent = [
    page.machine.at, 'commit ' + page.machine.commit, page.machine.processor, page.machine.processors + ' processors',
    Math.round(page.machine.memoryBytes / 2 ** 30) + ' GB', page.machine.jvm, 'load before ' + page.machine.load.toFixed(1)
].join(' · ');

function chart(id, options) {
    const made = echarts.init(one(id));
    const words = { color: shade('soft') };
    const axis = own => ({ ...own, axisLabel: { ...words, ...own.axisLabel }, nameTextStyle: words, splitLine: { lineStyle: { color: shade('grid') } } });
    made.setOption({
        animation: false, tooltip: { trigger: 'axis', confine: true }, ...options,
        xAxis: axis(options.xAxis), yAxis: axis(options.yAxis), legend: options.legend && { ...options.legend, textStyle: { color: shade('ink') } }
    }, true);
    addEventListener('resize', () => made.resize());
    return made;
}

function section(id) {
    return one(id).closest('section');
}

function latency() {
    const share = /^(.*), (\d+) % of the rate$/;
    const wanted = page.figures.filter(f => f.question === 'latency' && /^(p|max)/.test(f.name) && share.test(f.setting));
    if (wanted.length === 0) return section('latency').remove();
    const lines = new Map();
    for (const figure of wanted) {
        const [, mode, load] = share.exec(figure.setting);
        const name = figure.job + ', ' + mode + ', ' + figure.name.replace(', ms', '');
        if (!lines.has(name)) lines.set(name, []);
        lines.get(name).push([Number(load), figure.value]);
    }
    chart('latency', {
        grid: { left: 70, right: 20, top: 34, bottom: 110 }, legend: { bottom: 0, type: 'scroll' },
        xAxis: { type: 'value', name: '% of the greatest rate', nameLocation: 'middle', nameGap: 28, min: 0, max: 100 },
        yAxis: { type: 'log', name: 'ms' },
        series: [...lines].map(([name, data]) => ({ name, type: 'line', data }))
    });
}

function timeline() {
    if (page.timelines.length === 0) return section('timeline').remove();
    const select = one('timeline-of');
    page.timelines.forEach((line, i) => select.add(new Option(line.job + ', ' + line.setting, i)));
    const draw = () => {
        const line = page.timelines[select.value];
        echarts.dispose(one('timeline'));
        chart('timeline', {
            grid: { left: 70, right: 20, top: 34, bottom: 50 },
            xAxis: { type: 'value', name: 's', nameLocation: 'middle', nameGap: 28, max: 'dataMax' },
            yAxis: { type: 'log', name: 'ms' },
            series: [{
                type: 'line', showSymbol: false, data: line.worst.map((ms, i) => [i / 10, ms > 0 ? ms : null]),
                markLine: { symbol: 'none', label: { show: false }, lineStyle: { type: 'dashed' }, data: line.checkpoints.map(at => ({ xAxis: at })) }
            }]
        });
    };
    select.addEventListener('change', draw);
    draw();
}

function rate() {
    const wanted = page.figures.filter(f => f.name === 'warm rate, events/s');
    if (wanted.length === 0) return section('rate').remove();
    chart('rate', {
        grid: { left: 70, right: 20, top: 34, bottom: 150 },
        xAxis: { type: 'category', data: wanted.map(f => f.job + ', ' + f.setting), axisLabel: { rotate: 25, interval: 0 } },
        yAxis: { type: 'value', name: 'events/s' },
        series: [{ type: 'bar', data: wanted.map(f => f.value), label: { show: true, position: 'top', formatter: p => form(p.value), color: shade('ink') } }]
    });
}

function table() {
    const columns = ['job', 'question', 'setting', 'name', 'value'];
    const head = document.querySelector('thead').insertRow();
    for (const column of columns) head.appendChild(document.createElement('th')).textContent = column;
    for (const figure of page.figures) {
        const row = document.querySelector('tbody').insertRow();
        for (const column of columns) row.insertCell().textContent = column === 'value' ? form(figure.value) : figure[column];
    }
}

latency();
timeline();
rate();
table();
