import { posix } from 'node:path'

/** Joins folder and file relative to the root; `.` is the root. */
export const inDir = (dir: string, file: string): string => posix.normalize(posix.join(dir, file))

/** The path as seen from the folder. */
export const fromDir = (dir: string, file: string): string => posix.relative(dir, file)

/** The folder and every folder above it up to the root, nearest first. */
export const upwards = (dir: string): string[] => {
  const folders = [dir]
  for (let at = dir; at !== '.'; ) {
    at = posix.dirname(at)
    folders.push(at)
  }
  return folders
}

const TEST =
  /(^|\/)(tests?|__tests__|__mocks__|e2e|cypress|playwright|spec|mocks?|fixtures|__fixtures__|stories|test-utils)\/|(^|\/)(test|jest|vitest)[._-](setup|utils|helpers?)[^/]*$|\.(test|spec|e2e|e2e-spec|stories|mock|d)\.[cm]?[jt]sx?$|(^|\/)(jest|vitest|vite|webpack|rollup|babel|eslint|prettier|playwright|cypress|gulpfile|gruntfile|tailwind|postcss)[^/]*\.[cm]?[jt]s$/i

/** Whether the file, relative to its module, serves development rather than the running app. */
export const isForDevelopment = (file: string): boolean => TEST.test(file)
