/** `ProjectCard` and `useAuth`; not `GitHub`, which is a word of its own wherever words are known. */
const IDENTIFIER = /\b[A-Za-z][a-z0-9]*(?:[A-Z][a-z0-9]+)+\b/g
const HOOK = /^use[A-Z]/

/** Names of code that are written in humps. */
export const identifiersIn = (task: string): string[] => [...new Set(task.match(IDENTIFIER) ?? [])]

/** A hook of React, by the convention of its name. */
export const isHook = (identifier: string): boolean => HOOK.test(identifier)

/** `ProjectCard` -> `Project Card`, unless it is known as it stands. */
export const splitHumps = (text: string, isKnown: (word: string) => boolean): string =>
  text.replace(IDENTIFIER, (name) => (isKnown(name) ? name : name.replace(/([a-z0-9])(?=[A-Z])/g, '$1 ')))

const MOST_OF_A_NAME = 3

/** Files that are called after an identifier of the task. */
export const filesCalled = (task: string, files: readonly string[]): string[] =>
  identifiersIn(task).flatMap((name) => {
    const called = files.filter((file) => /[^/]*$/.exec(file)?.[0].replace(/\..*$/, '') === name)
    return called.length <= MOST_OF_A_NAME ? called.slice(0, 1) : []
  })
