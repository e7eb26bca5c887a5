import { join } from 'node:path'
import { expect, test } from 'vitest'
import { families, floors, only } from '../../scripts/catalogue/families.ts'
import { importsOf } from '../support/imports-of.ts'
import { files, isTest, read } from '../support/repository.ts'

const SOURCE = 'packages/plimsoll/src/'

type Place = {
  /** relative to the source folder */
  file: string
  /** first folder, or `index.ts` */
  folder: string
  /** folder of a family's member; empty for a file of the family itself */
  member: string
}

const placeOf = (file: string): Place => {
  const [folder = '', second = '', ...rest] = file.split('/')
  return { file, folder, member: families.includes(folder) && rest.length > 0 ? second : '' }
}

type Import = { from: Place; to: Place; line: number }

const sources = files.filter((file) => file.startsWith(SOURCE) && /\.tsx?$/.test(file) && !isTest(file))

/** Imports of one source file by another, by the TypeScript parser: static, dynamic and of types. */
const imports: readonly Import[] = sources.flatMap((file) =>
  importsOf(file, read(file))
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier, line }) => ({
      from: placeOf(file.slice(SOURCE.length)),
      to: placeOf(join(file, '..', specifier).replace(SOURCE, '')),
      line,
    })),
)

const floorOf = ({ folder }: Place) => floors.findIndex((floor) => floor.includes(folder))
const isRegistry = ({ file }: Place) => file.endsWith('/catalogue.generated.ts')
const where = ({ from, to, line }: Import) => `${SOURCE}${from.file}:${line} imports ${to.file}`

test('every folder stands on a floor', () => {
  const homeless = [...new Set(imports.flatMap(({ from, to }) => [from, to]))]
    .filter((place) => floorOf(place) === -1)
    .map(({ file }) => file)
  expect([...new Set(homeless)], 'Move these to a folder that floors.json names.').toEqual([])
})

test('a floor imports only from floors below it', () => {
  const upward = imports.filter(({ from, to }) => from.folder !== to.folder && floorOf(from) <= floorOf(to))
  expect(
    upward.map(where),
    'Move what both need to a lower floor, or hand it in as a parameter; floors.json has the order.',
  ).toEqual([])
})

test('a narrowed floor imports only what floors.json grants it', () => {
  const beyond = imports.filter(({ from, to }) => {
    const granted = only[from.folder]
    return granted !== undefined && from.folder !== to.folder && !granted.includes(to.folder)
  })
  expect(
    beyond.map(where),
    'Take it through what "only" in floors.json grants: lab, for an experiment.',
  ).toEqual([])
})

test('a member imports no other member of its family', () => {
  const sideways = imports.filter(
    ({ from, to }) =>
      from.folder === to.folder && from.member !== '' && to.member !== '' && from.member !== to.member,
  )
  expect(sideways.map(where), 'Move what both need to a lower floor.').toEqual([])
})

test('nobody names a member but its registry and members of other families', () => {
  const named = imports.filter(({ from, to }) => to.member !== '' && from.member === '' && !isRegistry(from))
  expect(
    named.map(where),
    'Take it from the registry (catalogue.generated.ts), by what it declares.',
  ).toEqual([])
})

/** Modules of Node that only compute; everything else touches the world. */
const PURE = /^node:(path|util|url|crypto|zlib|events|assert)(\/|$)/
const COMPUTING = [
  'base',
  'model',
  'standards',
  'experiments',
  'inspections',
  'fixers',
  'reporters',
  'survey',
]

test('only instruments touch the world', () => {
  const effects = sources
    .filter((file) => COMPUTING.includes(file.slice(SOURCE.length).split('/')[0] ?? ''))
    .flatMap((file) =>
      importsOf(file, read(file))
        .filter(({ specifier }) => specifier.startsWith('node:') && !PURE.test(specifier))
        .map(({ specifier, line }) => `${file}:${line} imports ${specifier}`),
    )
  expect(effects, 'Ask for it through lab, source or options, or give it to an instrument.').toEqual([])
})
