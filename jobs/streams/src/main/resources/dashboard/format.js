// Figures as words, in one style for all pages: every number, percent, amount of money and date that a reader sees is written here.
'use strict';

const Format = (() => {
  const NONE = '–';
  // A number and its sign stay on one line.
  const TIE = '\u00a0';
  const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
  const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
  const digits = new Intl.NumberFormat('en', { maximumSignificantDigits: 2, maximumFractionDigits: 2, roundingPriority: 'lessPrecision' });
  const decimals = new Map();
  const given = (v) => v !== null && v !== undefined && isFinite(v);

  // ---- numbers ----
  function fixed(v, places) {
    if (!given(v)) return NONE;
    if (!decimals.has(places)) decimals.set(places, new Intl.NumberFormat('en', { minimumFractionDigits: places, maximumFractionDigits: places }));
    return decimals.get(places).format(v);
  }

  const count = (n, one, many) => `${whole.format(n)} ${n === 1 ? one : many}`;
  const rate = (v) => !given(v) ? NONE : v < 10 ? fixed(v, 1) : whole.format(v);

  // ---- percents: none has decimals from 10 on; below, two digits that count ----
  const hundredths = (v) => Math.abs(v) >= 9.95 ? whole.format(v) : digits.format(v);
  const percent = (v) => given(v) ? hundredths(100 * v) + TIE + '%' : NONE;
  // Of a share that changes, by how much: percents of percents would mislead.
  const points = (v) => given(v) ? `${v < 0 ? '−' : '+'}${hundredths(Math.abs(100 * v))}${TIE}pt` : NONE;

  // ---- money: by its code, for $ is the sign of many currencies; from 1,000 on without decimals ----
  const WHOLE = { minimumFractionDigits: 0, maximumFractionDigits: 0 };
  const BRIEF = { notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 1 };
  const formats = new Map();
  const isCode = (currency) => /^[A-Z]{3}$/.test(currency || '');

  function inCurrency(currency, options) {
    const key = currency + JSON.stringify(options);
    if (!formats.has(key)) formats.set(key, new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code', ...options }));
    return formats.get(key);
  }

  function money(v, currency) {
    if (!given(v)) return NONE;
    const small = Math.abs(v) < 999.995;
    if (isCode(currency)) return inCurrency(currency, small ? {} : WHOLE).format(v);
    return (small ? fixed(v, 2) : whole.format(v)) + (currency ? TIE + currency : '');
  }

  // For axes alone.
  const brief = (v, currency) => isCode(currency) ? inCurrency(currency, BRIEF).format(v) : short.format(v) + (currency ? TIE + currency : '');

  // ---- times: as ISO 8601 writes them, in UTC ----
  const date = (iso) => iso ? iso.slice(0, 10) : NONE;
  const stamp = (iso) => iso ? iso.slice(0, 16).replace('T', ' ') : NONE;
  const DAY = 86400000;
  const since = (from, to) => Math.max(0, (Date.parse(to) - Date.parse(from)) / DAY);
  const days = (v) => given(v) ? tenths.format(v) : NONE;
  const inDays = (v) => `${days(v)} ${v === 1 ? 'day' : 'days'}`;
  // Of a chart's axis of times.
  const AXIS = { year: '{yyyy}', month: '{MM}-{dd}', day: '{MM}-{dd}', hour: '{HH}:{mm}', minute: '{HH}:{mm}', second: '{HH}:{mm}:{ss}' };

  function span(seconds) {
    if (!given(seconds)) return NONE;
    const s = Math.max(0, Math.round(seconds));
    if (s < 90) return `${s}${TIE}s`;
    if (s < 5400) return `${Math.round(s / 60)}${TIE}min`;
    return s < 172800 ? `${Math.round(s / 3600)}${TIE}h` : `${whole.format(Math.round(s / 86400))}${TIE}days`;
  }

  // How far what is shown is behind real time. Replayed and simulated data are of long ago, and not late.
  function delay(iso) {
    if (!iso) return NONE;
    const seconds = (Date.now() - Date.parse(iso)) / 1000;
    return seconds > 366 * 86400 ? 'replayed data' : span(seconds);
  }

  return { NONE, DAY, AXIS, whole, short, given, fixed, count, rate, percent, points, money, brief, date, stamp, since, days, inDays, span, delay };
})();
