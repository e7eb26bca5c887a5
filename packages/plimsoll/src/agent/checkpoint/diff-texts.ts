const CONTEXT = 3

const linesOf = (text: string | null) =>
  text === null || text === '' ? [] : text.replace(/\n$/, '').split('\n')

const range = (start: number, count: number) => `${count === 0 ? start : start + 1},${count}`

/** A unified diff of one file with one hunk, from the first line that differs to the last; null: not there. */
export const diffTexts = (file: string, before: string | null, after: string | null): string => {
  const [old, fresh] = [linesOf(before), linesOf(after)]
  let head = 0
  while (head < Math.min(old.length, fresh.length) && old[head] === fresh[head]) head += 1
  let tail = 0
  const room = Math.min(old.length, fresh.length) - head
  while (tail < room && old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]) tail += 1
  const start = Math.max(0, head - CONTEXT)
  const below = Math.min(tail, CONTEXT)
  const hunk = [
    ...old.slice(start, head).map((line) => ` ${line}`),
    ...old.slice(head, old.length - tail).map((line) => `-${line}`),
    ...fresh.slice(head, fresh.length - tail).map((line) => `+${line}`),
    ...old.slice(old.length - tail, old.length - tail + below).map((line) => ` ${line}`),
  ]
  const removed = old.length - tail + below - start
  const added = fresh.length - tail + below - start
  return [
    `--- ${before === null ? '/dev/null' : `a/${file}`}`,
    `+++ ${after === null ? '/dev/null' : `b/${file}`}`,
    `@@ -${range(start, removed)} +${range(start, added)} @@`,
    ...hunk,
    '',
  ].join('\n')
}
