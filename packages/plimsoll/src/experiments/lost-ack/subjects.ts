/** What is claimed of each kind of write, in the words of the verdict's subject. */
export const PARTS = {
  app: 'when the app is killed',
  commit: 'when its commit fails',
  store: 'when the database is killed',
  half: 'cut off in the middle',
} as const

export type Part = keyof typeof PARTS

const isPart = (text: string): text is Part => text in PARTS

const ALL = Object.keys(PARTS).filter(isPart)

/** `POST /orders: when the app is killed` */
export const subjectOf = (route: string, part: Part): string => `${route}: ${PARTS[part]}`

/** The parts to play again for these subjects; all of them when there are none. */
export const partsIn = (subjects: readonly string[] | undefined): ReadonlySet<Part> =>
  new Set(ALL.filter((part) => subjects?.some((subject) => subject.endsWith(`: ${PARTS[part]}`)) ?? true))

export const routesIn = (subjects: readonly string[]): string[] => [
  ...new Set(
    subjects.map((subject) => {
      const part = ALL.find((one) => subject.endsWith(`: ${PARTS[one]}`))
      return part === undefined ? subject : subject.slice(0, -PARTS[part].length - 2)
    }),
  ),
]
