import { expect, test } from 'vitest'
import { opener, openFile } from './open-file.ts'

test('needs a screen on Linux', async () => {
  expect(opener('linux', {})).toBeNull()
  expect(opener('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual({ file: 'xdg-open', args: [] })
  expect(opener('darwin', {})).toEqual({ file: 'open', args: [] })
})

test.runIf(process.platform === 'linux')('is quiet where there is none', async () => {
  expect(await openFile('/nowhere.html', {})).toBe(false)
})
