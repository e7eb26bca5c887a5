import { describe, expect, it } from 'vitest'
import { openGuard } from './guard.ts'

const read = { tool: 'read', input: { path: 'a.js' } }

describe('the guard', () => {
  it('runs a call twice, warns at the third, and ends at the fourth', () => {
    const guard = openGuard()
    const seen = Array.from({ length: 300 }, () => {
      const word = guard.before(read, 'tree')
      if (word.kind === 'run') guard.after(read, 'tree', 'the same', false)
      return word.kind
    })
    expect(seen.slice(0, 4)).toEqual(['run', 'run', 'warn', 'stuck'])
    expect(seen.filter((kind) => kind === 'run')).toHaveLength(2)
  })

  it('lets a test be run again after each change, whatever it says', () => {
    const guard = openGuard()
    const test = { tool: 'bash', input: { command: 'npm test' } }
    for (let change = 0; change < 20; change += 1) {
      expect(guard.before(test, `tree ${change}`).kind).toBe('run')
      guard.after(test, `tree ${change}`, '1 failed', false)
    }
  })

  it('sees that the same change there and back leads nowhere', () => {
    const guard = openGuard()
    const there = { tool: 'edit', input: { find: 'a', replace: 'b' } }
    const back = { tool: 'edit', input: { find: 'b', replace: 'a' } }
    const words = ['b', 'a', 'b', 'a', 'b', 'a'].map((tree, index) => {
      const call = index % 2 === 0 ? there : back
      const word = guard.before(call, tree)
      if (word.kind === 'run') guard.after(call, tree, 'changed', true)
      return word.kind
    })
    expect(words).toEqual(['run', 'run', 'run', 'run', 'warn', 'warn'])
  })

  it('takes figures that change by themselves for the same, and stops polling in the end', () => {
    const guard = openGuard()
    const answers = ['done in 1.2 s', 'done in 1.3 s']
    for (const answer of answers) guard.after(read, 'tree', answer, false)
    expect(guard.before(read, 'tree').kind).toBe('warn')
    const poll = { tool: 'bash', input: { command: 'date +%N' } }
    for (let time = 0; time < 8; time += 1) {
      expect(guard.before(poll, 'tree').kind).toBe('run')
      guard.after(poll, 'tree', `answer ${time}`, false)
    }
    expect(guard.before(poll, 'tree').kind).toBe('warn')
  })
})
