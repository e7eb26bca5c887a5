import { Worker } from 'node:worker_threads'

const FROM_SOURCES = `
  const { workerData } = require('node:worker_threads')
  const { createRequire } = require('node:module')
  const { createJiti } = createRequire(workerData)('jiti')
  createJiti(workerData).import(workerData)
`

/** A thread that runs worker.js of the build, or worker.ts where we ourselves run from the sources. */
export const startThread = (): Worker => {
  const here = import.meta.url
  if (!here.endsWith('.ts')) return new Worker(new URL('./worker.js', here))
  return new Worker(FROM_SOURCES, { eval: true, workerData: new URL('./worker.ts', here).href })
}
