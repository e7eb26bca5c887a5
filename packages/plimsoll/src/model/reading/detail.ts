import type { Verdict } from '../verdict.ts'

const ROUTE = /^[A-Z]+ \//

/** The measured facts, with the route they belong to where neither title nor facts name it. */
export const detailOf = ({
  subject,
  title,
  detail,
}: Pick<Verdict, 'subject' | 'title' | 'detail'>): string =>
  ROUTE.test(subject) && !title.includes(subject) && !detail.includes(subject)
    ? `${subject} · ${detail}`
    : detail
