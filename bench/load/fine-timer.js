// Says when the time has come, to a tenth of a millisecond, without spinning: setTimeout knows only whole ones.
import { parentPort, workerData } from 'node:worker_threads'

const due = new Float64Array(workerData, 8, 1)
const changes = new Int32Array(workerData, 0, 1)
let told = Number.POSITIVE_INFINITY

for (;;) {
  const change = Atomics.load(changes, 0)
  const dueMs = due[0]
  const waitMs = dueMs === told ? Number.POSITIVE_INFINITY : dueMs - Number(process.hrtime.bigint()) / 1e6
  if (waitMs > 0) Atomics.wait(changes, 0, change, waitMs)
  else {
    told = dueMs
    parentPort.postMessage(null)
  }
}
