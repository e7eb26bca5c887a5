import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import html from '../../packages/plimsoll/src/reporters/html/index.ts'
import { sampleExplanations, sampleRuns } from '../support/sample-run/index.ts'

const webDir = fileURLToPath(new URL('../../packages/web', import.meta.url))

/** The page as the sources make it now, not as somebody built it last. */
const buildPage = async (): Promise<string> => {
  const outDir = mkdtempSync(join(tmpdir(), 'plimsoll-page-'))
  try {
    await build({
      root: webDir,
      configFile: join(webDir, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir },
    })
    return readFileSync(join(outDir, 'report.html'), 'utf8')
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
}

export type Reports = {
  /** the page before any Run was written into it */
  page: string
  urlOf(variant: keyof typeof sampleRuns): string
  /** every path that was asked for since the last call */
  asked(): string[]
  close(): Promise<void>
}

/** Serves a report of each sample Run, and remembers what a browser asks for. */
export const serveReports = async (): Promise<Reports> => {
  const page = await buildPage()
  const assets: Record<string, string> = {
    'report.html': page,
    'explanations.json': JSON.stringify(sampleExplanations),
  }
  const options = { width: 80, color: false, runDir: '.', asset: (name: string) => assets[name] ?? '' }
  const paths: string[] = []
  const server = createServer((request, response) => {
    paths.push(request.url ?? '')
    const sample = Object.entries(sampleRuns).find(([name]) => request.url === `/${name}`)?.[1]
    response.writeHead(sample ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' })
    response.end(sample ? html.render(sample(), options) : '')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    page,
    urlOf: (variant) => `http://127.0.0.1:${port}/${variant}`,
    asked: () => paths.splice(0),
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
