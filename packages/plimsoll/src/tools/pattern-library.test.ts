import { spawnSync } from 'node:child_process'
import { parse as parseSql } from 'libpg-query'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { byteLength } from '../base/text/fit.ts'
import { loadExplanations } from '../engine/explain/explanations.ts'
import { readAsset } from '../instruments/assets/read-asset.ts'
import { loadGrammars } from '../instruments/source/load-grammars.ts'
import { parseScript } from '../instruments/source/parse-script.ts'
import { patternLibrary } from './pattern-library.ts'

const library = patternLibrary()

type Block = { language: string; text: string }

const blocksIn = (id: string): Block[] =>
  [...readAsset(`patterns/${id}/SKILL.md`).matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', text = '']) => ({ language, text }),
  )

const blocksOf = (language: string) =>
  library.flatMap(({ id }) =>
    blocksIn(id)
      .filter((block) => block.language === language)
      .map((block, index) => [`${id} ${index + 1}`, block.text] as const),
  )

const known = Object.keys(loadExplanations())
  .filter((key) => /^(experiments|inspections)\//.test(key))
  .map((key) => key.slice(key.indexOf('/') + 1))

test.each(library.map((pattern) => [pattern.id, pattern] as const))('%s is whole', (id, pattern) => {
  const text = readAsset(`patterns/${id}/SKILL.md`)
  expect(text).toMatch(new RegExp(`^---\nname: ${id}\n`))
  expect(byteLength(text)).toBeLessThanOrEqual(7 * 1_024)
  expect(pattern.sections.map(({ heading }) => heading)).toEqual(['When', 'How', 'Pitfalls', 'Proof'])
  expect(pattern.sections.filter(({ text: said }) => said.length < 40)).toEqual([])
  expect(pattern.code.length).toBeGreaterThan(0)
  expect(pattern.code.filter((part) => !part.text.includes('```'))).toEqual([])
  expect(pattern.proves.filter((probe) => !known.includes(probe))).toEqual([])
  const [, only = ''] = /`plimsoll prove --only ([\w,-]+)`/.exec(pattern.sections.at(-1)?.text ?? '') ?? []
  expect(pattern.proves).toEqual(expect.arrayContaining(only.split(',')))
})

test('all of it together is small enough to ship', () => {
  const bytes = library.map(({ id }) => byteLength(readAsset(`patterns/${id}/SKILL.md`)))
  expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(130 * 1_024)
})

test('every block is in a language that is checked here', () => {
  const languages = library.flatMap(({ id }) => blocksIn(id).map(({ language }) => language))
  const checked = ['ts', 'sql', 'python', 'yaml', 'sh']
  expect(languages.filter((language) => !checked.includes(language))).toEqual([])
})

/** A method with decorators stands alone in a pattern: its class is the reader's. */
const isScript = (text: string) =>
  [text, `class Whole {\n${text}\n}`].some((whole) => parseScript('a.ts', whole).problem === null)

test('TypeScript parses', () => {
  expect(blocksOf('ts').filter(([, text]) => !isScript(text))).toEqual([])
})

test('SQL parses', async () => {
  const wrong: string[] = []
  for (const [name, text] of blocksOf('sql'))
    await parseSql(text).catch((error: unknown) => void wrong.push(`${name}: ${String(error)}`))
  expect(wrong).toEqual([])
})

test('Python parses', async () => {
  const parse = (await loadGrammars(['a.py'])).get('python')
  expect(blocksOf('python').filter(([, text]) => parse?.(text)?.rootNode.hasError !== false)).toEqual([])
})

test('YAML and commands parse', async () => {
  const yaml = blocksOf('yaml').filter(([, text]) =>
    parseAllDocuments(text).some((document) => 'errors' in document && document.errors.length > 0),
  )
  expect(yaml).toEqual([])
  const commands = blocksOf('sh').map(([, text]) => text)
  expect(spawnSync('sh', ['-n'], { input: commands.join('\n'), encoding: 'utf8' })).toMatchObject({
    stderr: '',
    status: 0,
  })
})
