import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PLACES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** A Chromium of this machine; undefined where there is none, and then the reason is printed. */
export const chromiumPath = PLACES.find((path) => path !== undefined && existsSync(path))

if (chromiumPath === undefined) {
  console.log('skipped: no Chromium on this machine. Install one, or set CHROMIUM_PATH.')
}

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
