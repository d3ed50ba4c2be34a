// Runs axe-core over every view of a running ads page: light, dark, and as wide as a phone.
// Usage: node axe.js URL [CHROMIUM]   (npm install axe-core playwright-core, in any folder on NODE_PATH)
// Ends with 1 if a finding is serious or worse, or if the page scrolls sideways.
'use strict';

const { chromium } = require('playwright-core');
const axe = require('axe-core').source;

const VIEWS = ['creatives', 'portfolio', 'what-if', 'models'];
const LOOKS = {
  light: { colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  dark: { colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  phone: { colorScheme: 'light', viewport: { width: 390, height: 844 } },
  'phone-dark': { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
};
const GRAVE = ['serious', 'critical'];

async function look(page, name) {
  // The page forbids foreign scripts; the debugger's own evaluation is no script of the page.
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  found.violations.forEach((v) => {
    console.log(`${name}: ${v.impact}: ${v.id}: ${v.help}`);
    v.nodes.slice(0, 5).forEach((n) => console.log(`    ${n.target.join(' ')}  ${n.failureSummary.split('\n').slice(1).join(' ').slice(0, 160)}`));
  });
  if (sideways > 0) console.log(`${name}: scrolls sideways by ${sideways} px`);
  return found.violations.filter((v) => GRAVE.includes(v.impact)).length + (sideways > 0 ? 1 : 0);
}

async function main() {
  const [, , url, executablePath = '/usr/bin/chromium'] = process.argv;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
  try {
    await walk(browser, url);
  } finally {
    await browser.close();
  }
}

async function walk(browser, url) {
  let grave = 0;
  for (const [name, options] of Object.entries(LOOKS)) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.on('pageerror', (error) => { console.log(`${name}: page error: ${error.message}`); grave += 1; });
    for (const view of VIEWS) {
      await page.goto(`${url}?view=${view}`, { waitUntil: 'domcontentloaded' });
      await page.waitForTimeout(3000);
      await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
      if (view === 'creatives') {
        await page.click('#more');
        grave += await look(page, `${name} creatives`);
        await page.click('#rows tr');
        await page.waitForTimeout(1500);
        grave += await look(page, `${name} one creative`);
      } else grave += await look(page, `${name} ${view}`);
    }
    await context.close();
  }
  console.log(grave ? `${grave} grave findings` : 'no finding is serious');
  process.exitCode = grave ? 1 : 0;
}

main().catch((error) => { console.error(error.message); process.exitCode = 2; });
