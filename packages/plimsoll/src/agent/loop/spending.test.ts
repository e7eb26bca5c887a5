import { describe, expect, it } from 'vitest'
import { openMeter } from './spending.ts'

const NONE = { dollars: null, tokens: null, turns: null, minutes: null }
const PRICE = { input: 2, output: 10, cachedInput: 0.2, cacheWrite: 2.5 }
const estimate = { input: 1_000, output: 100 }

describe('a meter', () => {
  it('counts money by what came from a cache, was written to it, and was new', () => {
    const meter = openMeter(NONE, PRICE, () => 0)
    meter.count({ input: 1_000_000, output: 100_000, cachedInput: 500_000, cacheWrite: 100_000 }, estimate)
    expect(meter.spent()).toEqual({
      turns: 1,
      input: 1_000_000,
      output: 100_000,
      dollars: 0.8 + 0.1 + 0.25 + 1,
    })
  })

  it('takes the estimate where the provider counts nothing, and no money where no price is known', () => {
    const meter = openMeter({ ...NONE, dollars: 1 }, null, () => 0)
    meter.count({ input: null, output: null, cachedInput: null }, estimate)
    expect(meter.spent()).toEqual({ turns: 1, input: 1_000, output: 100, dollars: null })
  })

  it('says before the next request what is spent', () => {
    let now = 0
    const meter = openMeter({ dollars: 0.01, tokens: 5_000, turns: 2, minutes: 1 }, PRICE, () => now)
    expect(meter.exceeded(1_000)).toBeNull()
    expect(meter.exceeded(6_000)).toBe('of 5000 tokens 5000 are left, and the next request takes about 6000')
    meter.count({ input: 2_000, output: 500, cachedInput: 0 }, estimate)
    expect(meter.exceeded(1_000)).toBe('of $0.01 $0.00 is left, and the next request costs at least $0.01')
    meter.count({ input: 0, output: 0, cachedInput: 0 }, estimate)
    expect(meter.exceeded(1)).toBe('the 2 turns are used up')
    now = 61_000
    expect(openMeter({ ...NONE, minutes: 1 }, null, () => now).exceeded(1)).toBeNull()
  })

  it('counts what children spend, and gives them a share of what is left', () => {
    const meter = openMeter({ ...NONE, turns: 10, tokens: 9_000 }, PRICE, () => 0)
    const child = meter.child(1 / 3, PRICE)
    expect(child.left()).toMatchObject({ turns: 3, tokens: 3_000, dollars: null })
    for (let turn = 0; turn < 3; turn += 1) child.count({ input: 10, output: 1, cachedInput: 0 }, estimate)
    expect(child.exceeded(1)).toBe('the 3 turns are used up')
    expect(meter.spent()).toMatchObject({ turns: 3, input: 30, output: 3 })
  })

  it('holds what was spent before against the budget, and tells only what is spent here', () => {
    const earlier = { dollars: 0.9, tokens: 4_000, turns: 2 }
    const meter = openMeter({ dollars: 1, tokens: 9_000, turns: 3, minutes: null }, PRICE, () => 0, {
      earlier,
    })
    expect(meter.left()).toMatchObject({ tokens: 5_000, turns: 1 })
    expect(meter.exceeded(4_600)).toContain('of 9000 tokens 5000 are left')
    meter.count({ input: 10, output: 1, cachedInput: 0 }, estimate)
    expect(meter.spent()).toMatchObject({ turns: 1, input: 10, output: 1 })
    expect(meter.exceeded(1)).toBe('the 3 turns are used up, counting what was spent before')
  })
})
