import { expect, test } from 'vitest'
import { families } from '../../scripts/catalogue/families.ts'
import { files, isTest, read } from '../support/repository.ts'

const SOURCE = 'packages/plimsoll/src'

/** Folder of every member, as it is on disk: also one that the registry does not know yet. */
const folders = [
  ...new Set(
    families.flatMap((family) =>
      files
        .filter((file) => file.startsWith(`${SOURCE}/${family}/`) && file.split('/').length > 5)
        .map((file) => file.split('/').slice(0, 5).join('/')),
    ),
  ),
]

const within = (folder: string) => files.filter((file) => file.startsWith(`${folder}/`))

type Section = { heading: string; text: string }

const sectionsOf = (readme: string): Section[] =>
  readme
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [heading = '', ...lines] = part.split('\n')
      return { heading: heading.trim(), text: lines.join('\n').trim() }
    })

const problemsOfReadme = (text: string): string[] => {
  const sections = sectionsOf(text)
  const empty = sections
    .filter((section) => section.text === '')
    .map(({ heading }) => `"${heading}" is empty`)
  return [
    ...(text.startsWith('# ') ? [] : ['it does not begin with a title']),
    ...(sections.some(({ heading }) => heading === 'Limits') ? [] : ['it has no section "Limits"']),
    ...(sections.length >= 3 ? [] : [`it has ${sections.length} sections, at least 3 are wanted`]),
    ...empty,
  ]
}

test('every member has its index.ts', () => {
  const bare = folders.filter((folder) => !files.includes(`${folder}/index.ts`))
  expect(bare, 'Add index.ts, which exports the member, or move the folder out of the family.').toEqual([])
})

test('every member has a test beside it', () => {
  const untested = folders.filter((folder) => !within(folder).some(isTest))
  expect(untested, 'Add index.test.ts to these folders.').toEqual([])
})

test('every member has a readme with its sections', () => {
  const lacking = folders.flatMap((folder) => {
    const file = `${folder}/readme.md`
    if (!files.includes(file)) return [`${file}: there is none`]
    return problemsOfReadme(read(file)).map((problem) => `${file}: ${problem}`)
  })
  expect(lacking, 'Mend these; docs/adding/<family>.md names the sections.').toEqual([])
})
