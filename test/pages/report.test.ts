import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { sampleRuns } from '../support/sample-run/index.ts'
import { chromiumPath } from './browser.ts'
import { findLowContrast } from './contrast.ts'
import { type Variant, visitReports } from './visit-reports.ts'

const VARIANTS = Object.keys(sampleRuns) as Variant[]

describe.skipIf(chromiumPath === undefined)('the report page', () => {
  const { open, complaints, reports } = visitReports()

  const expanded = (page: Page) =>
    page.$$eval('[data-verdict][aria-expanded="true"]', (all) =>
      all.map((it) => it.getAttribute('data-verdict')),
    )

  test('is at most 250 KB without data', () => {
    expect(Buffer.byteLength(reports().page)).toBeLessThanOrEqual(250_000)
  })

  test.each(VARIANTS)('shows %s without a complaint or a request', async (variant) => {
    const page = await open(variant)
    await page.keyboard.press('e')
    expect(await page.textContent('h1')).toMatch(/\w/)
    expect(await page.title()).toContain('booking')
    expect(complaints).toEqual([])
    expect(reports().asked()).toEqual([`/${variant}`])
  })

  test('its policy stops scripts, requests and pictures that are not its own', async () => {
    const page = await open()
    const stopped = await page.evaluate(async () => {
      const violations: string[] = []
      document.addEventListener('securitypolicyviolation', (event) =>
        violations.push(event.effectiveDirective),
      )
      const script = document.createElement('script')
      script.textContent = 'document.title = "changed"'
      const style = document.createElement('style')
      style.textContent = 'body { display: none }'
      const image = document.createElement('img')
      image.src = '/image.png'
      document.body.append(script, style, image)
      await fetch('/data').catch(() => {})
      for (let looks = 0; looks < 200 && violations.length < 4; looks += 1)
        await new Promise((done) => setTimeout(done, 50))
      await new Promise((done) => setTimeout(done, 50))
      return { violations: violations.sort(), title: document.title, shown: document.body.checkVisibility() }
    })
    expect(stopped.violations).toEqual(['connect-src', 'img-src', 'script-src-elem', 'style-src-elem'])
    expect(stopped.title).not.toBe('changed')
    expect(stopped.shown).toBe(true)
    expect(reports().asked()).toEqual(['/complete'])
  })

  test('the keyboard walks, opens, filters, and asks for help', async () => {
    const page = await open()
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-verdict'))
    await page.keyboard.press('j')
    expect(await focused()).toBe('b7k2')
    await page.keyboard.press('j')
    await page.keyboard.press('ArrowDown')
    expect(await focused()).toBe('m3qa')
    await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    expect(await expanded(page)).toEqual(['q4wd'])
    expect(new URL(page.url()).hash).toBe('#q4wd')
    await page.keyboard.press('Enter')
    expect(await expanded(page)).toEqual([])

    await page.keyboard.press('/')
    await page.keyboard.type('critical seat')
    expect(await page.textContent('.shown')).toBe('1 of 23')
    expect(await page.$$eval('.verdict', (all) => all.map((it) => it.id))).toEqual(['m3qa'])
    await page.keyboard.press('Escape')
    expect(await page.textContent('.shown')).toBe('23 verdicts')

    await page.keyboard.press('?')
    expect(await page.locator('dialog h2').textContent()).toBe('Keys and words')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('dialog').count(), { timeout: 10_000 }).toBe(0)

    await page.keyboard.press('e')
    expect(await expanded(page)).toHaveLength(23)
  })

  test('an address names a verdict, and searching the page opens one', async () => {
    const page = await open('complete', { hash: '#m3qa' })
    await page.waitForSelector('#m3qa [aria-expanded="true"]')
    expect(await page.locator('#m3qa .statements').isVisible()).toBe(true)
    expect(await page.getAttribute('#n1ro-body', 'hidden')).toBe('until-found')
    await page.dispatchEvent('#n1ro-body', 'beforematch')
    expect(await expanded(page)).toEqual(['m3qa', 'n1ro'])
  })

  test('explains a probe in a drawer', async () => {
    const page = await open('complete', { hash: '#b7k2' })
    await page.click('#b7k2 .promise button')
    expect(await page.locator('dialog h2').textContent()).toBe('Crash on store loss')
    expect(await page.locator('dialog li').count()).toBe(3)
  })

  test('a chart says in words what it shows', async () => {
    const page = await open('complete', { hash: '#b7k2' })
    const chart = page.locator('#b7k2 .timeline svg[role="img"]')
    expect(await chart.getAttribute('aria-label')).toContain('No good answer after the fault.')
    expect(await chart.locator('.dot-ok').count()).toBeGreaterThan(10)
    expect(await chart.locator('.dot-error').count()).toBe(2)
    expect(await chart.locator('.dot-none').count()).toBe(60)
    expect(await chart.locator('.band').count()).toBe(1)
  })

  test('a forced order is drawn in two lanes, and told in words', async () => {
    for (const width of [360, 1280]) {
      const page = await open('complete', { hash: '#m3qa', width })
      const drawing = page.locator('#m3qa .schedule svg')
      expect(await drawing.getAttribute('aria-label')).toContain('A read, B read, B wrote, A wrote')
      expect(await drawing.locator('.step').count()).toBe(13)
      expect(await drawing.locator('.rail.held').count()).toBe(1)
      expect(await drawing.locator('.passing').count()).toBe(2)
      const [outer, texts] = await Promise.all([
        drawing.boundingBox(),
        drawing.locator('text').evaluateAll((all) => all.map((it) => it.getBoundingClientRect().right)),
      ])
      expect(Math.max(...texts)).toBeLessThanOrEqual((outer?.x ?? 0) + (outer?.width ?? 0) + 1)
    }
  })

  test('copies the replay command', async () => {
    const page = await open('complete', { hash: '#b7k2' })
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.click('#b7k2 [aria-label="Copy: the replay command"]')
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('plimsoll replay b7k2')
  })

  test.each([320, 360, 768, 1400])('never scrolls sideways at %i pixels', async (width) => {
    const page = await open('complete', { width })
    await page.keyboard.press('e')
    await page.$$eval('details', (all) => {
      for (const it of all) it.open = true
    })
    const { content, view } = await page.evaluate(() => ({
      content: document.documentElement.scrollWidth,
      view: document.documentElement.clientWidth,
    }))
    expect(content).toBeLessThanOrEqual(view)
  })

  test.each(['light', 'dark'] as const)('every text can be read: %s', async (scheme) => {
    for (const variant of VARIANTS) {
      const page = await open(variant, { scheme })
      await page.keyboard.press('e')
      await page.$$eval('details', (all) => {
        for (const it of all) it.open = true
      })
      expect(await page.evaluate(findLowContrast)).toEqual([])
      if (variant !== 'complete') continue
      await page.keyboard.press('?')
      expect(await page.evaluate(findLowContrast)).toEqual([])
    }
  })

  test('the colours follow the system until somebody chooses', async () => {
    const page = await open('complete', { scheme: 'dark' })
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const dark = await background()
    await page.keyboard.press('t')
    await expect.poll(background, { timeout: 10_000 }).not.toBe(dark)
    await page.keyboard.press('t')
    await expect.poll(background, { timeout: 10_000 }).toBe(dark)
    await page.reload()
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
  })

  test('printing shows everything, and nothing to press', async () => {
    const page = await open()
    await page.emulateMedia({ media: 'print' })
    const heights = await page.$$eval('.foldable', (all) =>
      all.map((it) => it.getBoundingClientRect().height),
    )
    expect(heights.filter((height) => height === 0)).toEqual([])
    expect(await page.locator('#b7k2 .evidence-log').isVisible()).toBe(true)
    await page.waitForSelector('#b7k2 .dot-none', { state: 'attached' })
    expect(await page.locator('#lab table').first().isVisible()).toBe(true)
    expect(await page.locator('.copy, .filter, .tools').first().isVisible()).toBe(false)
  })
})
