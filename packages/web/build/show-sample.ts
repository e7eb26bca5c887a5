import type { Plugin } from 'vite'
import { sampleExplanations, sampleRuns } from '../../../test/support/sample-run/index.ts'

const isVariant = (name: string): name is keyof typeof sampleRuns => Object.hasOwn(sampleRuns, name)

const embed = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c')

/** While developing: the page with a sample Run, `?notReady` and the like choose another one. */
export const showSample = (): Plugin => ({
  name: 'plimsoll:show-sample',
  apply: 'serve',
  transformIndexHtml: (page, { originalUrl = '' }) => {
    const variant = originalUrl.split('?')[1] ?? ''
    const run = sampleRuns[isVariant(variant) ? variant : 'complete']()
    return page
      .replace('"plimsoll:run"', () => embed(run))
      .replace('"plimsoll:explanations"', () => embed(sampleExplanations))
  },
})
