import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

const LIMIT_BYTES = 250_000

const hashes = (page: string, element: RegExp) =>
  [...page.matchAll(element)].map(([, content = '']) => {
    return `'sha256-${createHash('sha256').update(content).digest('base64')}'`
  })

/** Script and style by hash, pictures from the page itself, and nothing else from anywhere. */
export const policyFor = (page: string): string =>
  [
    "default-src 'none'",
    `script-src ${hashes(page, /<script type="module"[^>]*>([\s\S]*?)<\/script>/g).join(' ')}`,
    `style-src ${hashes(page, /<style[^>]*>([\s\S]*?)<\/style>/g).join(' ')}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')

/** Writes the policy into the finished page, and refuses one that grew too large to send around. */
export const sealPage = (): Plugin => ({
  name: 'plimsoll:seal-page',
  enforce: 'post',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.html')) continue
        const page = String(file.source)
        const meta = `<meta http-equiv="Content-Security-Policy" content="${policyFor(page)}" />`
        file.source = page.replace('<head>', () => `<head>\n    ${meta}`)
        const bytes = Buffer.byteLength(file.source)
        if (bytes > LIMIT_BYTES) this.error(`${file.fileName} has ${bytes} bytes, more than ${LIMIT_BYTES}`)
      }
    },
  },
})
