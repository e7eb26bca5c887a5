import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { chromiumPath } from './browser.ts'
import { visitReports } from './visit-reports.ts'

const CHARTS = { '#ldl1': '.load', '#gr0w': '.growth', '#sk6m': '.course' } as const

/** Texts of drawings that stick out of the drawing they are in. */
const outside = (page: Page, within: string) =>
  page.$$eval(`${within} svg[role]`, (drawings) =>
    drawings.flatMap((drawing) => {
      const { left, right, top, bottom } = drawing.getBoundingClientRect()
      return [...drawing.querySelectorAll('text')]
        .filter((text) => {
          const box = text.getBoundingClientRect()
          return box.left < left - 1 || box.right > right + 1 || box.top < top - 1 || box.bottom > bottom + 1
        })
        .map((text) => text.textContent ?? '')
    }),
  )

/** Pairs of texts in a drawing that touch each other. */
const touching = (page: Page, within: string) =>
  page.$$eval(`${within} svg[role]`, (drawings) =>
    drawings.flatMap((drawing) => {
      const texts = [...drawing.querySelectorAll('text')].map((text) => ({
        said: text.textContent ?? '',
        box: text.getBoundingClientRect(),
      }))
      return texts.flatMap((a, index) =>
        texts
          .slice(index + 1)
          .filter(
            (b) =>
              a.box.left < b.box.right &&
              b.box.left < a.box.right &&
              a.box.top + 2 < b.box.bottom - 2 &&
              b.box.top + 2 < a.box.bottom - 2,
          )
          .map((b) => `${a.said} | ${b.said}`),
      )
    }),
  )

describe.skipIf(chromiumPath === undefined)('load in the report page', () => {
  const { open, complaints } = visitReports()

  test('the line stands beside the conclusion, and leads to how it was found', async () => {
    const page = await open()
    const card = page.locator('.load-line-card')
    expect(await card.textContent()).toMatch(/1,340\/s \(1,290–1,390\) at p99 < 200 ms/)
    expect(await card.textContent()).toContain('limited by the pool of 10')
    await card.locator('a').click()
    await page.waitForSelector('#ldl1 [aria-expanded="true"]')
    expect(await page.locator('#ldl1 .load').isVisible()).toBe(true)
  })

  test.each(['budget', 'notReady'] as const)('nothing is said where none was sent: %s', async (variant) => {
    expect(await (await open(variant)).locator('.load-line-card').count()).toBe(0)
  })

  test('the mark is drawn at its rate, and the points tell their figures', async () => {
    const page = await open('complete', { hash: '#ldl1' })
    const chart = page.locator('#ldl1 .load')
    expect(await chart.locator('.load-mark .disc').count()).toBe(1)
    expect(await chart.locator('.load-mark .rate').textContent()).toBe('1,340/s')
    expect(await chart.locator('.probe').count()).toBe(10)
    expect(await chart.locator('.side-outside path').count()).toBeGreaterThan(0)

    await chart.locator('.probe').nth(5).hover()
    expect(await chart.locator('.readout').textContent()).toContain('1,290/s: p50 21 ms, p99 158 ms')
    await chart.locator('.probe').nth(5).focus()
    await page.keyboard.press('Tab')
    expect(await chart.locator('.readout').textContent()).toContain('p99 192 ms')
    expect(await chart.locator('.probe').last().getAttribute('aria-label')).toContain('24 % failed')
    expect(complaints).toEqual([])
  })

  test('the figures are a table too', async () => {
    const page = await open('complete', { hash: '#ldl1' })
    const table = page.locator('#ldl1 .load .table-behind')
    expect(await table.locator('table').isVisible()).toBe(false)
    await table.locator('summary').click()
    expect(await table.locator('tbody tr').count()).toBe(10)
    await page.goto(page.url().replace('#ldl1', '#sk6m'))
    await page.click('#sk6m .table-behind summary')
    expect(await page.locator('#sk6m .table-behind tbody tr').count()).toBeLessThanOrEqual(26)
  })

  test('each operation has a histogram with its percentiles', async () => {
    const page = await open('complete', { hash: '#ldl1' })
    const histograms = page.locator('#ldl1 .histogram')
    expect(await histograms.count()).toBe(4)
    expect(await histograms.first().locator('svg').getAttribute('aria-label')).toBe(
      'GET /rooms: p50 28 ms, p90 96 ms, p99 204 ms, max 388 ms',
    )
    expect(await histograms.first().locator('.bar.slow').count()).toBeGreaterThan(0)
    expect(await histograms.first().locator('.limit').count()).toBe(1)
  })

  test('growth has a line for each operation, a course one for each series', async () => {
    const page = await open('complete', { hash: '#gr0w' })
    expect(await page.locator('#gr0w .grown').count()).toBe(3)
    expect(await page.locator('#gr0w .growth').textContent()).toContain('(0.91 to 1.04)')
    expect(await page.locator('#gr0w .limit').count()).toBe(1)
    await page.keyboard.press('e')
    expect(await page.locator('#sk6m .course-lane').count()).toBe(4)
    const drawing = page.locator('#sk6m .course svg')
    await drawing.hover({ position: { x: 300, y: 40 } })
    expect(await drawing.locator('.here').count()).toBeGreaterThan(2)
  })

  test.each([360, 768, 1400])('no text leaves its drawing or touches another at %i pixels', async (width) => {
    const page = await open('complete', { width })
    await page.keyboard.press('e')
    for (const [verdict, chart] of Object.entries(CHARTS)) {
      await page.waitForSelector(`${verdict} ${chart}`)
      await expect.poll(() => outside(page, verdict), { timeout: 10_000 }).toEqual([])
      expect(await touching(page, verdict)).toEqual([])
    }
  })

  test('printing shows the tables of all charts', async () => {
    const page = await open()
    await page.emulateMedia({ media: 'print' })
    const heights = await page.$$eval('.table-behind table', (all) =>
      all.map((it) => it.getBoundingClientRect().height),
    )
    expect(heights.length).toBeGreaterThan(1)
    expect(heights.filter((height) => height === 0)).toEqual([])
    expect(await page.locator('#ldl1 .readout').isVisible()).toBe(false)
  })
})
