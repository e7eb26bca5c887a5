import { openTestDoor, testSurface } from '../../mcp/server/test-surface.ts'
import { reserveOutput } from '../reserve-output.ts'
import { serveSurface } from './serve-surface.ts'

const { stdout, stderr, env } = process
const output = reserveOutput({ stdout })
console.log('noise of a configuration')
process.stdout.write('and more of it\n')
const { signal } = new AbortController()
const surface = await testSurface(openTestDoor())
const context = { cwd: process.cwd(), stdout, stderr, env, signal }
process.exitCode = await serveSurface(surface, { http: undefined, output }, context)
