/**
 * Makes the pictures of the README from a saved Run:
 *   npx jiti scripts/pictures.ts .plimsoll/runs/<id>
 * docs/images/terminal.png is what `plimsoll report` prints, docs/images/report.png the top of the report page.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { root } from './catalogue/families.ts'

const COLORS: Readonly<Record<string, string>> = {
  '1': 'font-weight:700',
  '2': 'color:#8b949e',
  '31': 'color:#ff7b72',
  '32': 'color:#56d364',
  '33': 'color:#e3b341',
  '34': 'color:#79c0ff',
  '36': 'color:#76e3ea',
  '90': 'color:#8b949e',
}

const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const SGR = new RegExp(`${String.fromCharCode(27)}\\[([\\d;]*)m`)

/** Each styled part becomes a span; a code that ends a style closes the last one. */
const toHtml = (ansi: string): string => {
  let open = 0
  const parts = ansi.split(SGR)
  const html = parts.map((part, index) => {
    if (index % 2 === 0) return escapeHtml(part)
    const style = part.split(';').flatMap((code) => COLORS[code] ?? [])
    if (style.length > 0) {
      open += 1
      return `<span style="${style.join(';')}">`
    }
    if (open === 0) return ''
    open -= 1
    return '</span>'
  })
  return `${html.join('')}${'</span>'.repeat(open)}`
}

/** The sign is in few fonts: drawn, it looks the same on every machine. */
const SIGN =
  '<svg width="1em" height="1em" viewBox="0 0 16 16" style="vertical-align:-.12em" fill="none" stroke="currentColor" stroke-width="1.4"><circle cx="8" cy="8" r="5.2"/><path d="M.5 8h15"/></svg>'

const page = (text: string) => `<!doctype html><meta charset="utf-8"><style>
body{margin:0;background:#0d1117;color:#e6edf3}
pre{margin:0;padding:22px 26px;font:14px/1.5 ui-monospace,"DejaVu Sans Mono",monospace;width:max-content}
</style><pre>${toHtml(text).replace('⦵', SIGN)}</pre>`

const printed = (run: string) => {
  const cli = join(root, 'packages/plimsoll/bin/plimsoll.js')
  const { stdout } = spawnSync(process.execPath, [cli, 'report', run], {
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '1', COLUMNS: '80' },
  })
  return stdout.trimEnd()
}

const shoot = async (browser: Browser, run: string) => {
  const images = join(root, 'docs/images')
  mkdirSync(images, { recursive: true })
  const terminal = await browser.newPage({ viewport: { width: 900, height: 400 }, deviceScaleFactor: 1.5 })
  await terminal.setContent(page(printed(run)))
  await terminal.locator('pre').screenshot({ path: join(images, 'terminal.png') })
  const report = await browser.newPage({ viewport: { width: 1180, height: 980 }, colorScheme: 'light' })
  await report.goto(`file://${join(run, 'report.html')}`)
  await report.locator('article, details, section').first().waitFor()
  await report.screenshot({ path: join(images, 'report.png') })
}

const [run] = process.argv.slice(2)
if (run === undefined)
  throw new Error('Give the folder of a Run: npx jiti scripts/pictures.ts .plimsoll/runs/<id>')
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-sync',
  ],
})
try {
  await shoot(browser, resolve(run))
} finally {
  await browser.close()
}
