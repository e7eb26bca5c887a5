import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // The key that Runs are sealed with is not that of whoever runs the tests.
    env: { XDG_STATE_HOME: join(tmpdir(), 'plimsoll-tests-state') },
    // Several runs follow one another, and each would compile every module anew.
    experimental: { fsModuleCache: true },
    maxConcurrency: 6,
    // These tests wait more than they compute; the default leaves one of two cores unused.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.{ts,tsx}', 'bench/**/*.test.ts'],
          // A process for each of hundreds of files costs more than what is in them; they keep to themselves.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'house', include: ['test/house/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'pages',
          include: ['test/pages/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'proof',
          // One after another: a proof should have the machine for itself.
          sequence: { groupOrder: 3 },
          include: ['test/proof/**/*.test.ts'],
          testTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'package',
          sequence: { groupOrder: 2 },
          include: ['test/package/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
