import { expect, test } from 'vitest'
import { listAssets, readAsset } from './read-asset.ts'

test('reads what ships with the package', () => {
  expect(() => JSON.parse(readAsset('explanations.json'))).not.toThrow()
})

test('says which file the build did not make', () => {
  expect(() => readAsset('nothing.txt')).toThrow('assets/nothing.txt is missing from the package')
})

test('lists what ships in a folder', () => {
  expect(listAssets('patterns')).toContain('outbox')
})
