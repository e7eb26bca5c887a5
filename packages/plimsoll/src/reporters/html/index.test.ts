import { expect, test } from 'vitest'
import { sampleExplanations, sampleRun } from '../../../../../test/support/sample-run/index.ts'
import html from './index.ts'

const page = [
  '<title>$& report</title>',
  '<script type="application/json" id="run">"plimsoll:run"</script>',
  '<script type="application/json" id="explanations">"plimsoll:explanations"</script>',
  '<script>const mark = "plimsoll:run"</script>',
].join('\n')

const assets: Record<string, string> = {
  'report.html': page,
  'explanations.json': JSON.stringify(sampleExplanations),
}

const options = {
  width: 80,
  color: false,
  runDir: '.plimsoll/runs/one',
  asset: (name: string) => assets[name] ?? '',
}

const embedded = (text: string, id: string): unknown => {
  const found = new RegExp(`id="${id}">(.*?)</script>`).exec(text)
  return JSON.parse(found?.[1] ?? 'null')
}

test('puts the Run into its place, and nowhere else', () => {
  const run = sampleRun()
  const text = html.render(run, options)
  expect(embedded(text, 'run')).toEqual(JSON.parse(JSON.stringify(run)))
  expect(text).toContain('<title>$& report</title>')
  expect(text).toContain('const mark = "plimsoll:run"')
})

test('nothing that a target says can end the script or open a comment', () => {
  const run = sampleRun({ target: '</script><script>alert(1)</script><!-- $& $1 \u2028' })
  const text = html.render(run, options)
  expect(text.match(/<script/g)).toHaveLength(3)
  expect(text).not.toContain('<!--')
  expect(embedded(text, 'run')).toMatchObject({ target: run.target })
})

test('carries only the explanations of what the Run holds', () => {
  expect(Object.keys(embedded(html.render(sampleRun(), options), 'explanations') as object).sort()).toEqual([
    'experiments/crash-on-store-loss',
    'experiments/slow-store',
    'standards/reliability.fault-tolerance',
  ])
})
