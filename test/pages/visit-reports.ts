import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { sampleRuns } from '../support/sample-run/index.ts'
import { launch } from './browser.ts'
import { type Reports, serveReports } from './serve-reports.ts'

export type Variant = keyof typeof sampleRuns
export type Visit = { width?: number; scheme?: 'light' | 'dark'; hash?: string }

/** For a `describe`: the page is built and served once, and every page that a test opened is closed after it. */
export const visitReports = () => {
  let browser: Browser
  let reports: Reports
  const complaints: string[] = []
  const pages: Page[] = []

  beforeAll(async () => {
    reports = await serveReports()
    browser = await launch()
  })
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.close()))
    complaints.length = 0
    reports.asked()
  })
  afterAll(async () => {
    await browser?.close()
    await reports?.close()
  })

  const open = async (variant: Variant = 'complete', options: Visit = {}) => {
    const page = await browser.newPage({
      viewport: { width: options.width ?? 1280, height: 900 },
      colorScheme: options.scheme ?? 'light',
      reducedMotion: 'reduce',
    })
    pages.push(page)
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(reports.urlOf(variant) + (options.hash ?? ''))
    await page.waitForSelector('h1')
    return page
  }

  /** `complaints`: what the browser said on its console since the test began. */
  return { open, complaints, reports: () => reports }
}
