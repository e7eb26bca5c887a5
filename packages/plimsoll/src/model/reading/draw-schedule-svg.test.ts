import { expect, test } from 'vitest'
import { guardedPlay, lostUpdatePlay, refusedPlay } from '../../../../../test/support/sample-run/played.ts'
import { drawScheduleSvg } from './draw-schedule-svg.ts'
import { type SvgNode, writeSvg } from './svg.ts'

const nodes = (node: SvgNode | string): SvgNode[] =>
  typeof node === 'string' ? [] : [node, ...node.children.flatMap(nodes)]
const classes = (node: SvgNode) => nodes(node).map(({ attributes }) => attributes.class ?? '')

test.each([320, 720, 1200])('every step, kept-back span and change of turn is drawn, %i wide', (widthPx) => {
  const [lost, guarded, refused] = [lostUpdatePlay, guardedPlay, refusedPlay].map((played) =>
    classes(drawScheduleSvg(played, widthPx)),
  )
  const count = (all: (string | number)[] | undefined, pattern: RegExp) =>
    all?.filter((one) => pattern.test(String(one))).length
  expect([lost, guarded, refused].map((all) => count(all, /^step /))).toEqual([13, 13, 9])
  expect([lost, guarded, refused].map((all) => count(all, /^passing$/))).toEqual([2, 3, 2])
  expect([lost, guarded, refused].map((all) => count(all, /^rail held$/))).toEqual([1, 1, 1])
  expect([lost, guarded, refused].map((all) => count(all, /^rail blocked$/))).toEqual([0, 1, 0])
})

test.each([320, 720])('nothing lies outside the drawing, %i wide', (widthPx) => {
  for (const played of [lostUpdatePlay, guardedPlay, refusedPlay]) {
    const all = nodes(drawScheduleSvg(played, widthPx))
    const across = all.flatMap(({ attributes: { x, x1, x2, cx } }) => [x, x1, x2, cx])
    expect(across.filter((x) => typeof x === 'number' && (x < 0 || x > widthPx))).toEqual([])
  }
})

test('what a statement holds cannot become markup', () => {
  const step = { atMs: 0, actor: 'A', what: 'statement', text: `SELECT '<script>' & "x"` } as const
  const text = writeSvg(drawScheduleSvg({ ...lostUpdatePlay, steps: [step] }))
  expect(text).not.toContain('<script>')
  expect(text).toContain('&lt;script&gt;')
  expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 720 \d+".*<\/svg>$/s)
})
