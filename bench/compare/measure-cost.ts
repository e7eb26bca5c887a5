import { medianOf } from '../../packages/plimsoll/src/base/stats/quantile.ts'
import { families } from '../../packages/plimsoll/src/commands/families.ts'
import {
  answersPerSecond,
  measureBlock,
  sendClosed,
} from '../../packages/plimsoll/src/engine/compare/measure-block.ts'
import { openSide } from '../../packages/plimsoll/src/engine/compare/open-side.ts'
import { openSupervisor } from '../../packages/plimsoll/src/instruments/process/open-supervisor.ts'

const WARM_SECONDS = 4
const BLOCKS = 5

/** Processor time of the app for one request of the mix, as a comparison measures it; milliseconds. */
export const measureCost = async (root: string): Promise<number> => {
  const supervisor = await openSupervisor()
  const { signal } = new AbortController()
  try {
    const side = await openSide(
      { name: 'base', commit: null, root },
      { ...{ config: {}, families, install: false, seed: 1, supervisor, signal }, onProgress: () => {} },
    )
    const bench = await side.open(1)
    const only = bench.workload.operations.map(({ name }) => name)
    for (const { name, reason } of bench.workload.left) console.log(`not sent: ${name}, ${reason}`)
    const perSecond = answersPerSecond(await sendClosed(bench, only, WARM_SECONDS))
    const plan = { only, ratePerSecond: Math.round(perSecond * 0.35), anyMachine: true }
    const costs: number[] = []
    for (let block = 0; block < BLOCKS; block += 1) {
      const measured = await measureBlock(bench, plan)
      if ('figures' in measured && measured.figures.cost !== null) costs.push(measured.figures.cost)
    }
    await side.close()
    if (costs.length === 0) throw new Error('this system does not tell processor time')
    console.log(`${only.length} operations, ${Math.round(perSecond)}/s without a pause: ${only.join(', ')}`)
    return medianOf(costs)
  } finally {
    await supervisor.close()
  }
}
